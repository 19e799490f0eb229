using Mingling.Audio;

namespace Mingling.Corpora.Inspection;

/// <summary>
/// How loudness rises and falls in eight bands between 100 and 4,000 Hz: the magnitudes of the spectra of their envelopes, as a vector
/// of unit length. They stay the same when a recording is shifted or made louder, and nearly so in noise and at other rates, so that
/// copies lie close together. Not for several threads at once.
/// </summary>
internal sealed class ModulationSpectrum
{
    private const int Bands = 8, Frequencies = 32;
    private const double FrequencyStep = 0.5;

    /// <summary>The share of frames that are taken to hold background alone.</summary>
    private const double QuietShare = 0.1;

    private static readonly FeatureSettings Envelopes = new()
    {
        SampleRate = WaveformCorrelation.SampleRate,
        WindowSamples = 240,
        HopSamples = 80,
        FftSize = 256,
        SpectrumExponent = 1,
        MelBins = Bands,
        LowHz = 100,
    };

    private readonly FeatureExtractor _features = new(Envelopes);

    /// <summary>The length of a vector.</summary>
    public const int Dimension = Bands * Frequencies;

    /// <summary>The vector of a recording at <see cref="WaveformCorrelation.SampleRate"/>; zeros where there is no sound.</summary>
    public float[] Of(ReadOnlySpan<float> samples)
    {
        float[] frames = _features.Compute(samples);
        float[] spectrum = new float[Dimension];
        double[] envelope = new double[frames.Length / Bands];
        for (int band = 0; band < Bands; band++)
        {
            for (int t = 0; t < envelope.Length; t++) envelope[t] = Math.Exp(frames[t * Bands + band]);
            double quiet = envelope.Order().ElementAt((int)(QuietShare * envelope.Length));
            for (int f = 0; f < Frequencies; f++) spectrum[band * Frequencies + f] = Magnitude(envelope, quiet, (f + 1) * FrequencyStep);
        }
        double norm = Math.Sqrt(spectrum.Sum(value => (double)value * value));
        return norm > 0 ? [.. spectrum.Select(value => (float)(value / norm))] : spectrum;
    }

    private static float Magnitude(double[] envelope, double quiet, double frequency)
    {
        double turn = 2 * Math.PI * frequency * Envelopes.HopSamples / Envelopes.SampleRate, cosines = 0, sines = 0;
        for (int t = 0; t < envelope.Length; t++)
        {
            var (sine, cosine) = Math.SinCos(turn * t);
            cosines += (envelope[t] - quiet) * cosine;
            sines += (envelope[t] - quiet) * sine;
        }
        return (float)Math.Sqrt(cosines * cosines + sines * sines);
    }
}

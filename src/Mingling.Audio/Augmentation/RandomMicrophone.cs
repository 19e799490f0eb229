using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>
/// Another microphone and line: a band that ends lower or begins higher, a response that is not flat, sometimes clipping or 8-bit μ-law
/// (ITU-T G.711). Filters are <see cref="Biquad"/>.
/// </summary>
/// <inheritdoc cref="Gain" path="/remarks"/>
public sealed class RandomMicrophone
{
    private const double LowCutShare = 0.5, HighCutShare = 0.35, UnevenShare = 0.6, ClippingShare = 0.06, CodedShare = 0.04;
    private const double UnevenDb = 8;
    private readonly int _sampleRate;

    /// <summary>Prepares it for a rate.</summary>
    /// <param name="sampleRate">The rate of the clips (Hz), above 0.</param>
    public RandomMicrophone(int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        _sampleRate = sampleRate;
    }

    /// <summary>Lets a clip pass through a random microphone, in place.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="random">Where the microphone is drawn from.</param>
    public void Apply(Span<float> samples, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double nyquist = _sampleRate / 2.0;
        var filters = new List<Biquad>(5);
        if (random.NextDouble() < LowCutShare) filters.Add(Biquad.HighPass(Between(40, 300) / nyquist, 0.707));
        if (random.NextDouble() < HighCutShare)
        {
            double edge = Math.Min(0.9, Between(3000, 7000) / nyquist);
            // Two of second order are a Butterworth filter of fourth order.
            filters.AddRange(Biquad.LowPass(edge, 0.541), Biquad.LowPass(edge, 1.307));
        }
        if (random.NextDouble() < UnevenShare)
        {
            for (int i = 0; i < 2; i++)
                filters.Add(Biquad.Peak(Math.Min(0.9, 200 * Math.Pow(30, random.NextDouble()) / nyquist), Between(0.5, 1.5), Between(-UnevenDb, UnevenDb)));
        }
        Biquad.Apply(CollectionsMarshal.AsSpan(filters), samples);
        double distortion = random.NextDouble(), depth = Between(0.2, 0.7);
        if (distortion < ClippingShare) Clip(samples, depth);
        else if (distortion < ClippingShare + CodedShare) Code(samples);

        double Between(double low, double high) => low + (high - low) * random.NextDouble();
    }

    private static void Clip(Span<float> samples, double share)
    {
        float limit = (float)(share * Peak(samples));
        foreach (ref float sample in samples) sample = Math.Clamp(sample, -limit, limit);
    }

    private static void Code(Span<float> samples)
    {
        const double mu = 255;
        float peak = Peak(samples);
        if (peak == 0) return;
        foreach (ref float sample in samples)
        {
            double level = Math.Sign(sample) * Math.Round(127 * Math.Log(1 + mu * Math.Abs(sample) / peak) / Math.Log(1 + mu)) / 127;
            sample = (float)(Math.Sign(level) * peak * (Math.Pow(1 + mu, Math.Abs(level)) - 1) / mu);
        }
    }

    private static float Peak(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        foreach (float sample in samples) peak = Math.Max(peak, Math.Abs(sample));
        return peak;
    }
}

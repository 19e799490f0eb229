namespace Mingling.Audio;

/// <summary>
/// Says a clip again as a simple synthesizer would: the envelope of its spectrum by linear prediction (Atal and Hanauer 1971), every 10 ms,
/// excited by pulses of another pitch where the voice has one, and by noise elsewhere. What is said stays, who says it and how natural it
/// sounds does not. A model that learns from people what a command is, and from a synthesizer what is none, could tell them apart by that alone.
/// </summary>
/// <inheritdoc cref="Gain" path="/remarks"/>
public sealed class LinearPredictionVocoder
{
    private const double HopSeconds = 0.01, FrameSeconds = 0.03, LowestHz = 70, HighestHz = 400;

    // Correlation at the best period from which a frame begins to be voiced, and above which it is voiced altogether.
    private const double Unvoiced = 0.35, Voiced = 0.7;

    private readonly int _sampleRate, _hop, _frame, _order, _shortest, _longest;
    private readonly double[] _window;

    /// <summary>Prepares it for a rate.</summary>
    /// <param name="sampleRate">The rate of the clips (Hz), at least 2,000.</param>
    public LinearPredictionVocoder(int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 2000);
        _sampleRate = sampleRate;
        (_hop, _frame) = ((int)(HopSeconds * sampleRate), (int)(FrameSeconds * sampleRate));
        // Two poles for each kilohertz and two for the slope.
        _order = 2 + sampleRate / 1000;
        (_shortest, _longest) = ((int)(sampleRate / HighestHz), (int)(sampleRate / LowestHz));
        _window = [.. Enumerable.Range(0, _frame).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / _frame))];
    }

    /// <summary>Says a clip again.</summary>
    /// <param name="clip">The clip, of any length.</param>
    /// <param name="random">Where the pitch and the noise are drawn from: the pitch is the clip's own times 0.6 to 1.7, or in a third of the calls one that does not change, from 80 to 260 Hz.</param>
    /// <returns>As many samples, of nearly the same level in each hop.</returns>
    public float[] Apply(ReadOnlySpan<float> clip, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double factor = 0.6 * Math.Pow(1.7 / 0.6, random.NextDouble()), flat = random.NextDouble() < 1 / 3.0 ? 80 * Math.Pow(260 / 80.0, random.NextDouble()) : 0;
        float[] said = new float[clip.Length];
        double[] frame = new double[_frame], filter = new double[_order + 1], past = new double[_order];
        double phase = 0, gain = 0, pitch = flat > 0 ? flat : 120;
        int head = 0;
        for (int from = 0; from < clip.Length; from += _hop)
        {
            int end = Math.Min(clip.Length, from + _hop);
            double level = Level(clip[from..end]);
            Read(clip, from + _hop / 2 - _frame / 2, frame);
            var (period, correlation) = Period(frame);
            for (int i = 0; i < _frame; i++) frame[i] *= _window[i];
            if (level == 0 || !Predict(frame, filter))
            {
                Array.Clear(past);
                gain = 0;
                continue;
            }
            if (flat == 0 && correlation > Unvoiced) pitch = Math.Clamp(factor * _sampleRate / period, 50, 500);
            double voiced = Math.Clamp((correlation - Unvoiced) / (Voiced - Unvoiced), 0, 1), pulse = Math.Sqrt(voiced * _sampleRate / pitch), noise = Math.Sqrt(1 - voiced);
            for (int i = from; i < end; i++)
            {
                phase += pitch / _sampleRate;
                double value = noise * (2 * random.NextDouble() - 1) * Math.Sqrt(3);
                if (phase >= 1)
                {
                    phase -= 1;
                    value += pulse;
                }
                for (int k = 1; k <= _order; k++) value -= filter[k] * past[(head + k - 1) % _order];
                head = (head + _order - 1) % _order;
                past[head] = value;
                said[i] = (float)value;
            }
            double next = level / Math.Max(1e-12, Level(said.AsSpan(from, end - from)));
            // Changes of the level within a hop would click.
            for (int i = from; i < end; i++) said[i] *= (float)(gain + (next - gain) * (i - from + 1) / (end - from));
            gain = next;
        }
        return said;
    }

    private static double Level(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples) sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    private static void Read(ReadOnlySpan<float> clip, int from, double[] frame)
    {
        for (int i = 0; i < frame.Length; i++) frame[i] = (uint)(from + i) < (uint)clip.Length ? clip[from + i] : 0;
    }

    /// <summary>The lag at which a frame is most like itself, and how much.</summary>
    private (int Period, double Correlation) Period(double[] frame)
    {
        int period = _shortest;
        double best = 0;
        for (int lag = _shortest; lag <= Math.Min(_longest, frame.Length / 2); lag++)
        {
            double both = 0, first = 1e-12, second = 1e-12;
            // Every second sample tells enough.
            for (int i = 0; i + lag < frame.Length; i += 2)
            {
                both += frame[i] * frame[i + lag];
                first += frame[i] * frame[i];
                second += frame[i + lag] * frame[i + lag];
            }
            double correlation = both / Math.Sqrt(first * second);
            if (correlation > best) (period, best) = (lag, correlation);
        }
        return (period, best);
    }

    /// <summary>Levinson's and Durbin's recursion over the autocorrelation of a frame.</summary>
    /// <param name="frame">The frame, windowed.</param>
    /// <param name="filter">Receives 1, a₁ … a_p of 1 / (1 + Σ aₖ z⁻ᵏ).</param>
    /// <returns>False where the frame is silent.</returns>
    private bool Predict(double[] frame, double[] filter)
    {
        Span<double> correlations = stackalloc double[_order + 1];
        for (int lag = 0; lag <= _order; lag++)
        {
            double sum = 0;
            for (int i = lag; i < frame.Length; i++) sum += frame[i] * frame[i - lag];
            correlations[lag] = sum;
        }
        if (correlations[0] <= 0) return false;
        // A noise floor 40 dB below keeps the filter from ringing.
        double error = correlations[0] *= 1.0001;
        Array.Clear(filter);
        filter[0] = 1;
        Span<double> before = stackalloc double[_order + 1];
        for (int i = 1; i <= _order; i++)
        {
            double sum = correlations[i];
            for (int k = 1; k < i; k++) sum += filter[k] * correlations[i - k];
            double reflection = -sum / error;
            filter.AsSpan().CopyTo(before);
            for (int k = 1; k < i; k++) filter[k] = before[k] + reflection * before[i - k];
            filter[i] = reflection;
            error *= 1 - reflection * reflection;
        }
        return true;
    }
}

using System.Runtime.CompilerServices;

namespace Mingling.Audio;

/// <summary>
/// A filter of second order, by Bristow-Johnson's "Cookbook formulae for audio equalizer biquad filter coefficients". Edges and middles are shares
/// of half the sample rate.
/// </summary>
internal sealed record Biquad(double B0, double B1, double B2, double A1, double A2)
{
    public static Biquad HighPass(double edge, double q) => Of(edge, q, (cos, _) => ((1 + cos) / 2, -(1 + cos), (1 + cos) / 2));

    public static Biquad LowPass(double edge, double q) => Of(edge, q, (cos, _) => ((1 - cos) / 2, 1 - cos, (1 - cos) / 2));

    public static Biquad Peak(double middle, double q, double decibels)
    {
        double height = Math.Pow(10, decibels / 40), angle = Math.PI * middle, alpha = Math.Sin(angle) / (2 * q), cos = Math.Cos(angle), a0 = 1 + (alpha / height);
        return new Biquad((1 + (alpha * height)) / a0, -2 * cos / a0, (1 - (alpha * height)) / a0, -2 * cos / a0, (1 - (alpha / height)) / a0);
    }

    /// <summary>Filters in place, by one filter after the other. Up to three of them go side by side, because each step of one waits for its last.</summary>
    public static void Apply(ReadOnlySpan<Biquad> cascade, Span<float> samples)
    {
        for (; cascade.Length >= 3; cascade = cascade[3..]) Apply(cascade[0], cascade[1], cascade[2], samples);
        if (cascade.Length == 2) Apply(cascade[0], cascade[1], samples);
        else if (cascade.Length == 1) cascade[0].Apply(samples);
    }

    public void Apply(Span<float> samples)
    {
        var filter = new Running(this);
        foreach (ref float sample in samples) sample = filter.Next(sample);
    }

    private static void Apply(Biquad first, Biquad second, Span<float> samples)
    {
        Running a = new(first), b = new(second);
        foreach (ref float sample in samples) sample = b.Next(a.Next(sample));
    }

    private static void Apply(Biquad first, Biquad second, Biquad third, Span<float> samples)
    {
        Running a = new(first), b = new(second), c = new(third);
        foreach (ref float sample in samples) sample = c.Next(b.Next(a.Next(sample)));
    }

    private struct Running(Biquad filter)
    {
        private readonly double _b0 = filter.B0, _b1 = filter.B1, _b2 = filter.B2, _a1 = filter.A1, _a2 = filter.A2;
        private double _s1, _s2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Next(float sample)
        {
            double x = sample, y = (_b0 * x) + _s1;
            (_s1, _s2) = ((_b1 * x) - (_a1 * y) + _s2, (_b2 * x) - (_a2 * y));
            return (float)y;
        }
    }

    private static Biquad Of(double edge, double q, Func<double, double, (double, double, double)> zeros)
    {
        double angle = Math.PI * edge, alpha = Math.Sin(angle) / (2 * q), cos = Math.Cos(angle), a0 = 1 + alpha;
        var (b0, b1, b2) = zeros(cos, alpha);
        return new Biquad(b0 / a0, b1 / a0, b2 / a0, -2 * cos / a0, (1 - alpha) / a0);
    }
}

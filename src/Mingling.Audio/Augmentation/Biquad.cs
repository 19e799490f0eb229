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

    public void Apply(Span<float> samples)
    {
        double s1 = 0, s2 = 0;
        foreach (ref float sample in samples)
        {
            double x = sample, y = (B0 * x) + s1;
            (s1, s2) = ((B1 * x) - (A1 * y) + s2, (B2 * x) - (A2 * y));
            sample = (float)y;
        }
    }

    private static Biquad Of(double edge, double q, Func<double, double, (double, double, double)> zeros)
    {
        double angle = Math.PI * edge, alpha = Math.Sin(angle) / (2 * q), cos = Math.Cos(angle), a0 = 1 + alpha;
        var (b0, b1, b2) = zeros(cos, alpha);
        return new Biquad(b0 / a0, b1 / a0, b2 / a0, -2 * cos / a0, (1 - alpha) / a0);
    }
}

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// The inverse of the standard normal distribution: a start from the rational approximation 26.2.23 of Abramowitz and Stegun
/// (error below 4.5e-4), then Halley steps on the distribution function, which is summed as a series near 0 and as a continued
/// fraction in the tails.
/// </summary>
internal static class NormalQuantile
{
    private const double SeriesLimit = 3;
    private const int HalleySteps = 2;

    /// <param name="p">A probability above 0 and below 1.</param>
    internal static double Compute(double p)
    {
        // The lower tail alone: 1 − p would lose the digits of a small p.
        if (p > 0.5) return -Compute(1 - p);
        double t = Math.Sqrt(-2 * Math.Log(p));
        double x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
        for (int step = 0; step < HalleySteps; step++)
        {
            double newton = (LowerTail(-x) - p) / Density(x);
            x -= newton / (1 + x * newton / 2);
        }
        return x;
    }

    /// <summary>P(X &lt; −z) for z ≥ 0.</summary>
    internal static double LowerTail(double z)
    {
        if (z < SeriesLimit)
        {
            // Φ(z) − 1/2 = φ(z) (z + z³/3 + z⁵/(3·5) + …)
            double term = z, sum = z;
            for (int k = 3; term > sum * 1e-17; k += 2) sum += term *= z * z / k;
            return 0.5 - Density(z) * sum;
        }
        // Φ(−z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …))))
        double fraction = z;
        for (int k = 120; k >= 1; k--) fraction = z + k / fraction;
        return Density(z) / fraction;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}

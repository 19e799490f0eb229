namespace Mingling.Experiments.Evaluation;

/// <summary>A share, 0 … 1, with its 95 % interval.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="Low">The lower end of the interval; null where one measurement alone says nothing of its spread.</param>
/// <param name="High">The upper end; null with it.</param>
public sealed record Estimate(double Mean, double? Low, double? High)
{
    private const double Tail = 0.025;

    /// <summary>
    /// The mean of independent measurements of a share and Student's interval of that mean, mean ± t · s / √n with n − 1 degrees of
    /// freedom, cut off at 0 and 1.
    /// </summary>
    /// <param name="measured">At least one measurement, 0 … 1 each.</param>
    /// <exception cref="ArgumentException">There is no measurement.</exception>
    public static Estimate OfMean(IReadOnlyList<double> measured)
    {
        if (measured.Count == 0) throw new ArgumentException("There must be at least one measurement.", nameof(measured));
        double mean = measured.Average();
        if (measured.Count == 1) return new Estimate(mean, null, null);
        double variance = measured.Sum(x => (x - mean) * (x - mean)) / (measured.Count - 1);
        double spread = StudentQuantile.TwoSided95(measured.Count - 1) * Math.Sqrt(variance / measured.Count);
        return new Estimate(mean, Math.Max(0, mean - spread), Math.Min(1, mean + spread));
    }

    /// <summary>A measurement with the percentile interval of its bootstrap replicates (Efron 1979).</summary>
    /// <param name="measured">The measurement itself.</param>
    /// <param name="replicates">The same figure of samples drawn with repetition, at least one.</param>
    /// <exception cref="ArgumentException">There is no replicate.</exception>
    public static Estimate OfReplicates(double measured, IReadOnlyList<double> replicates)
    {
        if (replicates.Count == 0) throw new ArgumentException("There must be at least one replicate.", nameof(replicates));
        double[] sorted = [.. replicates.Order()];
        int tail = (int)(Tail * sorted.Length);
        return new Estimate(measured, sorted[tail], sorted[^(tail + 1)]);
    }
}

using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Comparison;

/// <summary>Tests of whether two trainings really differ.</summary>
public static class PairedTests
{
    private const double NegligibleSpread = 1e-12;

    /// <summary>
    /// Student's paired t-test, two-sided, with the correction of Nadeau and Bengio (Inference for the Generalization Error, Machine
    /// Learning 2003): folds share most of their training clips, so that the variance of the mean is not s²/n but
    /// s² · (1/n + test/train).
    /// </summary>
    /// <param name="differences">The differences, one for each fold, or one for each seed of a single split.</param>
    /// <param name="testToTrain">
    /// Clips that judge divided by clips to learn from, which is 1 / (k − 1) with k folds; 0 for the plain test, where runs differ in
    /// their seeds alone. Range: at least 0.
    /// </param>
    /// <returns>
    /// The p-value; null with fewer than two differences. Differences that are all equal give 1 where they are 0, else null: without
    /// a spread there is nothing to measure them by.
    /// </returns>
    public static double? Student(IReadOnlyList<double> differences, double testToTrain = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(testToTrain);
        int n = differences.Count;
        if (n < 2) return null;
        double mean = differences.Average(), variance = differences.Sum(d => (d - mean) * (d - mean)) / (n - 1);
        if (variance < NegligibleSpread * NegligibleSpread) return Math.Abs(mean) < NegligibleSpread ? 1 : null;
        double t = mean / Math.Sqrt(variance * (1.0 / n + testToTrain));
        return Math.Clamp(1 - StudentQuantile.Within(Math.Abs(t), n - 1), 0, 1);
    }

    /// <summary>
    /// McNemar's test in its exact form, two-sided: of the clips that only one of two models recognises, how likely is a split as
    /// uneven as this, if each were as likely to fall to either (McNemar 1947; Dietterich 1998)?
    /// </summary>
    /// <param name="onlyFirst">Clips that only the first recognises.</param>
    /// <param name="onlySecond">Clips that only the second recognises.</param>
    /// <returns>The p-value; 1 where both are 0.</returns>
    public static double McNemar(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        int n = onlyFirst + onlySecond;
        // In logarithms, because 2⁻ⁿ leaves the range of double from n = 1075 on.
        double term = -n * Math.Log(2), tail = 0;
        for (int k = 0; k <= Math.Min(onlyFirst, onlySecond); k++)
        {
            tail += Math.Exp(term);
            term += Math.Log((n - k) / (k + 1.0));
        }
        return Math.Min(1, 2 * tail);
    }

    /// <summary>
    /// Holm's correction (A simple sequentially rejective multiple test procedure, 1979): p-values of several tests, raised so that all
    /// of them together err as rarely as one alone would.
    /// </summary>
    /// <param name="values">The p-values; null where there was no test.</param>
    /// <returns>The raised values in the same order.</returns>
    public static IReadOnlyList<double?> Holm(IReadOnlyList<double?> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).Where(i => values[i] is not null).OrderBy(i => values[i])];
        double?[] raised = new double?[values.Count];
        double largest = 0;
        for (int rank = 0; rank < order.Length; rank++)
            raised[order[rank]] = largest = Math.Max(largest, Math.Min(1, (order.Length - rank) * values[order[rank]]!.Value));
        return raised;
    }
}

using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

/// <summary>Random embedding sets of awkward kinds: empty, lone samples, duplicates, ties.</summary>
internal static class EmbeddingGenerators
{
    /// <summary>
    /// Values on a coarse grid (ties and duplicates are common) or spread finely; both are binary fractions so short that squared
    /// distances are exact in double, whatever the order of summation.
    /// </summary>
    internal static Gen<EmbeddingSet<double>> Sets(int maxCount = 40, int maxDimension = 11, int minCount = 0) =>
        from count in Gen.Int[minCount, maxCount]
        from dimension in Gen.Int[1, maxDimension]
        from classes in Gen.Int[1, 12]
        from coarse in Gen.Bool
        from values in (coarse ? Gen.Int[-2, 2].Select(v => (double)v) : Gen.Int[-30_000, 30_000].Select(v => v / 8192.0)).Array[count * dimension]
        from labels in Gen.Int[0, classes - 1].Select(l => l * 7 - 20).Array[count]
        select new EmbeddingSet<double>(values, dimension, labels);

    internal static EmbeddingSet<double> Set(double[][] rows, params int[] labels) =>
        new(rows.SelectMany(r => r).ToArray(), rows.Length == 0 ? 1 : rows[0].Length, labels);

    internal static EmbeddingSet<float> ToFloat(this EmbeddingSet<double> set) =>
        new(set.Values.ToArray().Select(v => (float)v).ToArray(), set.Dimension, set.Labels());

    internal static long[] Labels(this EmbeddingSet<double> set) => Enumerable.Range(0, set.Count).Select(set.LabelOf).ToArray();

    internal static double SquaredDistance(this EmbeddingSet<double> set, int a, int b)
    {
        double sum = 0.0;
        for (int k = 0; k < set.Dimension; k++) sum += (set.Row(a)[k] - set.Row(b)[k]) * (set.Row(a)[k] - set.Row(b)[k]);
        return sum;
    }
}

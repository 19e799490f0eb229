using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Projection;

/// <summary>Made embeddings: round clouds around random centres.</summary>
internal static class Clouds
{
    internal static EmbeddingSet<double> Draw(int count, int dimension, int classes, double spread, int seed)
    {
        var random = new Random(seed);
        double[] centers = Enumerable.Range(0, classes * dimension).Select(_ => Normal(random)).ToArray();
        int[] labels = Enumerable.Range(0, count).Select(i => i % classes).ToArray();
        double[] values = new double[count * dimension];
        for (int i = 0; i < values.Length; i++) values[i] = centers[labels[i / dimension] * dimension + i % dimension] + spread * Normal(random);
        return new EmbeddingSet<double>(values, dimension, labels);
    }

    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>
    /// Trustworthiness (Venna and Kaski 2001): 1 where the k nearest in the plane are among the k nearest before, less by how far
    /// before the others were.
    /// </summary>
    internal static double Trustworthiness(EmbeddingSet<double> before, ReadOnlyMemory<double> places, int k)
    {
        var after = new EmbeddingSet<double>(places, 2, new int[before.Count]);
        int n = before.Count;
        double penalty = 0;
        for (int i = 0; i < n; i++)
        {
            var ranks = Ranking(before, i).Select((row, rank) => (row, rank)).ToDictionary(pair => pair.row, pair => pair.rank + 1);
            penalty += Ranking(after, i).Take(k).Sum(row => Math.Max(0, ranks[row] - k));
        }
        return 1 - 2.0 / (n * k * (2.0 * n - 3 * k - 1)) * penalty;
    }

    private static int[] Ranking(EmbeddingSet<double> set, int i) =>
        [.. Enumerable.Range(0, set.Count).Where(j => j != i).OrderBy(j => Evaluation.EmbeddingGenerators.SquaredDistance(set, i, j))];
}

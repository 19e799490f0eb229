using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// The silhouette (Rousseeuw 1987) of embeddings in their classes: (b − a) / max(a, b), with a the mean Euclidean distance of a
/// sample to the others of its class and b the least mean distance to another class; −1 … 1, greater is better.
/// </summary>
public static class Silhouette
{
    /// <summary>
    /// The mean over all samples, in O(N²·D) time. A sample alone in its class counts as 0, as in the paper, and so does one with
    /// a = b = 0. Null with fewer than two classes.
    /// </summary>
    /// <param name="set">The embeddings.</param>
    /// <param name="threads">The number of threads to use. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static double? Mean<T>(EmbeddingSet<T> set, int threads = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (set.Classes.Count < 2) return null;
        double[] values = new double[set.Count];
        QueryBlocks.ForEach(set, set, threads, () =>
        {
            double[] sums = new double[set.Classes.Count];
            return (query, squaredDistances) => values[query] = Value(set.Classes, query, squaredDistances, sums);
        });
        return values.Sum() / values.Length;
    }

    private static double Value<T>(RowsByClass classes, int query, ReadOnlySpan<T> squaredDistances, double[] sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int own = classes.ClassOfRow[query];
        if (classes.Size(own) == 1) return 0;
        Array.Clear(sums);
        for (int row = 0; row < squaredDistances.Length; row++)
            sums[classes.ClassOfRow[row]] += Math.Sqrt(double.CreateTruncating(squaredDistances[row]));
        double nearest = double.PositiveInfinity;
        for (int c = 0; c < sums.Length; c++)
        {
            if (c != own) nearest = Math.Min(nearest, sums[c] / classes.Size(c));
        }
        double within = sums[own] / (classes.Size(own) - 1);
        double larger = Math.Max(within, nearest);
        return larger > 0 ? (nearest - within) / larger : 0;
    }
}

using System.Numerics;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Projection;

/// <summary>
/// The affinities of t-SNE, p_ij = (p_j|i + p_i|j) / 2N, as a sparse symmetric matrix; they sum to 1. Row i's are in
/// <see cref="Columns"/> and <see cref="Values"/> from Start[i] to Start[i + 1], columns rising.
/// </summary>
internal sealed class Affinities(int[] start, int[] columns, double[] values)
{
    private const int NeighborsPerPerplexity = 3;

    internal int Count => start.Length - 1;

    internal int[] Start => start;

    internal int[] Columns => columns;

    internal double[] Values => values;

    /// <summary>The affinities of each row to its nearest 3 · perplexity rows (van der Maaten 2014), or to all.</summary>
    internal static Affinities Compute<T>(EmbeddingSet<T> set, double perplexity, bool allPairs, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int others = set.Count - 1;
        int k = allPairs ? others : Math.Min(others, (int)(NeighborsPerPerplexity * perplexity));
        int[] neighbors = new int[set.Count * k];
        double[] conditional = new double[set.Count * k];
        QueryBlocks.ForEach(set, set, threads, () =>
        {
            var nearest = new NearestRows<T>(k);
            return (row, distances) =>
            {
                var own = conditional.AsSpan(row * k, k);
                var found = neighbors.AsSpan(row * k, k);
                if (k == others) All(row, distances, found, own);
                else Nearest(nearest.Find(distances, row), found, own);
                Perplexities.ToProbabilities(own, perplexity);
            };
        });
        return Symmetric(neighbors, conditional, set.Count, k);
    }

    private static void All<T>(int row, ReadOnlySpan<T> distances, Span<int> found, Span<double> own) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = i < row ? i : i + 1;
            own[i] = double.CreateTruncating(distances[found[i]]);
        }
    }

    private static void Nearest<T>(ReadOnlySpan<(T Distance, int Row)> nearest, Span<int> found, Span<double> own)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < nearest.Length; i++) (own[i], found[i]) = (double.CreateTruncating(nearest[i].Distance), nearest[i].Row);
    }

    private static Affinities Symmetric(int[] neighbors, double[] conditional, int count, int k)
    {
        // Each conditional probability goes into two rows; what two rows have of each other then stands twice, and is added up.
        int[] start = new int[count + 1];
        for (int i = 0; i < neighbors.Length; i++) start[neighbors[i] + 1]++;
        for (int row = 0; row < count; row++) start[row + 1] += start[row] + k;
        var (columns, values) = (new int[start[count]], new double[start[count]]);
        int[] next = start.AsSpan(0, count).ToArray();
        for (int i = 0; i < neighbors.Length; i++)
        {
            Put(i / k, neighbors[i], conditional[i]);
            Put(neighbors[i], i / k, conditional[i]);
        }
        int end = 0;
        for (int row = 0; row < count; row++)
        {
            var (from, to) = (start[row], start[row + 1]);
            Array.Sort(columns, values, from, to - from);
            start[row] = end;
            for (int i = from; i < to; i++)
            {
                if (end > start[row] && columns[end - 1] == columns[i]) values[end - 1] += values[i];
                else (columns[end], values[end++]) = (columns[i], values[i]);
            }
        }
        start[count] = end;
        return new Affinities(start, columns[..end], values[..end]);

        void Put(int row, int column, double probability) => (columns[next[row]], values[next[row]++]) = (column, probability / (2.0 * count));
    }
}

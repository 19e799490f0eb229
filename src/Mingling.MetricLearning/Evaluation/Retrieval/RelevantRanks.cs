using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// Finds the ranks of all relevant rows of a query without sorting the gallery:
/// 1. sort the R relevant rows by (distance, index);
/// 2. for each other row no farther than the last of them, look up before which relevant row it comes, and count;
/// 3. the k-th relevant row's rank is k plus the running sum of the counts.
/// </summary>
internal sealed class RelevantRanks<T>(EmbeddingSet<T> set) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SortedDistances<T> _sorted = new(LargestClass(set.Classes));
    private readonly int[] _rows = new int[LargestClass(set.Classes)];
    private readonly int[] _ranks = new int[LargestClass(set.Classes)];

    /// <summary>
    /// The ranks, from 1, of the rows of the query's class among all rows but the query, in rising order. Valid until the next call.
    /// </summary>
    internal ReadOnlySpan<int> Find(int query, ReadOnlySpan<T> squaredDistances)
    {
        int own = set.Classes.ClassOfRow[query];
        if (set.Classes.Size(own) == 1) return [];
        var relevant = SortRelevant(query, own, squaredDistances);
        var ranks = _ranks.AsSpan(0, relevant.Length);
        ranks.Clear();
        CountRowsBetween(own, squaredDistances, relevant, ranks);
        int before = 0;
        for (int k = 0; k < relevant.Length; k++)
        {
            before += ranks[k];
            ranks[k] = k + 1 + before;
        }
        return ranks;
    }

    private Span<T> SortRelevant(int query, int own, ReadOnlySpan<T> squaredDistances)
    {
        var distances = _sorted.Reserve(set.Classes.Size(own) - 1);
        int relevant = 0;
        foreach (int row in set.Classes.Rows(own))
        {
            if (row == query) continue;
            distances[relevant] = squaredDistances[row];
            _rows[relevant++] = row;
        }
        distances.Sort(_rows.AsSpan(0, relevant));
        // The sort is not stable: put rows of equal distance into the order of their indices.
        for (int start = 0, end; start < relevant; start = end)
        {
            for (end = start + 1; end < relevant && distances[end] == distances[start];) end++;
            if (end - start > 1) _rows.AsSpan(start, end - start).Sort();
        }
        return distances;
    }

    private void CountRowsBetween(int own, ReadOnlySpan<T> squaredDistances, ReadOnlySpan<T> relevant, Span<int> counts)
    {
        _sorted.Index();
        var farthest = relevant[^1];
        int[] classOf = set.Classes.ClassOfRow;
        for (int row = 0; row < squaredDistances.Length; row++)
        {
            var d = squaredDistances[row];
            if (d > farthest || classOf[row] == own) continue;
            int position = _sorted.LowerBound(d);
            if (relevant[position] == d) position = SkipLowerIndices(relevant, position, row);
            if (position < counts.Length) counts[position]++;
        }
    }

    /// <summary>Among relevant rows at the same distance, those with a lower index come first.</summary>
    private int SkipLowerIndices(ReadOnlySpan<T> distances, int position, int row)
    {
        var (low, high, d) = (position, distances.Length, distances[position]);
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (distances[middle] == d && _rows[middle] < row) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int LargestClass(RowsByClass classes)
    {
        int largest = 0;
        for (int c = 0; c < classes.Count; c++) largest = Math.Max(largest, classes.Size(c));
        return largest;
    }
}

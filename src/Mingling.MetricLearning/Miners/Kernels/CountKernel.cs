using System.Numerics;
using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners.Kernels;

/// <summary>
/// <c>TripletCounts</c> over raw rows. Few positives are each compared with the whole row at once; many are sorted, as are the
/// negatives, and looked up, in O(N log N) a row.
/// </summary>
internal static class CountKernel
{
    private const int MostCompared = 96;

    public static void Below<T>(TripletView view, T margin, bool inclusive, Tensor weights, Tensor counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rows, columns) = ((int)view.Cost.shape[0], (int)view.Cost.shape[1]);
        var (slotIndex, slotValid) = view.Slots;
        int slots = (int)slotIndex.shape[1];
        var costs = RowKernels.Elements<T>(view.Cost);
        var negatives = view.Pairs.Negatives.contiguous().bytes;
        var allPositives = RowKernels.Elements<long>(slotIndex);
        var filled = slotValid.bytes;
        var result = RowKernels.Elements<T>(weights);
        var totals = RowKernels.Elements<T>(counts);
        var others = new T[columns]; // the costs of the negatives, +∞ elsewhere
        for (int row = 0; row < rows; row++)
        {
            var cost = costs.Slice(row * columns, columns);
            var isNegative = negatives.Slice(row * columns, columns);
            for (int i = 0; i < columns; i++) others[i] = isNegative[i] != 0 ? cost[i] : T.PositiveInfinity;
            var positives = allPositives.Slice(row * slots, filled.Slice(row * slots, slots).Count((byte)1));
            var limits = new T[positives.Length];
            for (int i = 0; i < limits.Length; i++) limits[i] = Limit(cost[(int)positives[i]] + margin, inclusive);
            var weight = result.Slice(row * columns, columns);
            totals[row] = limits.Length <= MostCompared ? Compare(others, positives, limits, weight) : LookUp(others, positives, limits, weight);
        }
    }

    // A cost of +∞ marks what is no negative and must not lie below an infinite limit either.
    private static T Limit<T>(T threshold, bool inclusive) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        inclusive && T.IsFinite(threshold) ? T.BitIncrement(threshold) : threshold;

    private static T Compare<T>(ReadOnlySpan<T> others, ReadOnlySpan<long> positives, ReadOnlySpan<T> limits, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var total = T.Zero;
        for (int i = 0; i < limits.Length; i++)
        {
            var count = Compare(others, limits[i], weights);
            weights[(int)positives[i]] += count;
            total += count;
        }
        return total;
    }

    /// <summary>Takes 1 from the weight of every cost below a limit and returns their number.</summary>
    private static T Compare<T>(ReadOnlySpan<T> costs, T limit, Span<T> weights) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var limits = new Vector<T>(limit);
        var counts = Vector<T>.Zero;
        int i = 0;
        for (; i <= costs.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var one = Vector.ConditionalSelect(Vector.LessThan(new Vector<T>(costs[i..]), limits), Vector<T>.One, Vector<T>.Zero);
            counts += one;
            (new Vector<T>(weights[i..]) - one).CopyTo(weights[i..]);
        }
        var count = Vector.Sum(counts);
        for (; i < costs.Length; i++)
        {
            if (!(costs[i] < limit)) continue;
            weights[i] -= T.One;
            count += T.One;
        }
        return count;
    }

    private static T LookUp<T>(ReadOnlySpan<T> others, ReadOnlySpan<long> positives, ReadOnlySpan<T> limits, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sortedLimits = limits.ToArray();
        var sortedOthers = others.ToArray();
        Array.Sort(sortedLimits);
        Array.Sort(sortedOthers);
        long total = 0L;
        for (int i = 0; i < limits.Length; i++)
        {
            int below = Place(sortedOthers, limits[i], orEqual: false);
            weights[(int)positives[i]] += T.CreateChecked(below);
            total += below;
        }
        for (int i = 0; i < others.Length; i++)
        {
            if (T.IsFinite(others[i])) weights[i] -= T.CreateChecked(limits.Length - Place(sortedLimits, others[i], orEqual: true));
        }
        return T.CreateChecked(total);
    }

    /// <summary>The number of sorted values below a value, or also of those equal to it.</summary>
    private static int Place<T>(ReadOnlySpan<T> sorted, T value, bool orEqual) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

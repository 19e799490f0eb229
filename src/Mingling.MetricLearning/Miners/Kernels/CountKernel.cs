using System.Numerics;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners.Kernels;

/// <summary><see cref="TripletCounts"/> over raw rows: for each anchor, every positive is compared with the whole row at once.</summary>
internal static class CountKernel
{
    public static void Below<T>(TripletView view, T margin, bool inclusive, Tensor weights, Tensor counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rows, columns) = ((int)view.Cost.shape[0], (int)view.Cost.shape[1]);
        var (slotIndex, slotValid) = view.Slots;
        var slots = (int)slotIndex.shape[1];
        var costs = RowKernels.Elements<T>(view.Cost);
        var negatives = view.Pairs.Negatives.contiguous().bytes;
        var positives = RowKernels.Elements<long>(slotIndex);
        var filled = slotValid.bytes;
        var result = RowKernels.Elements<T>(weights);
        var totals = RowKernels.Elements<T>(counts);
        var others = new T[columns]; // the costs of the negatives, +∞ elsewhere
        for (var row = 0; row < rows; row++)
        {
            var cost = costs.Slice(row * columns, columns);
            var weight = result.Slice(row * columns, columns);
            var isNegative = negatives.Slice(row * columns, columns);
            for (var i = 0; i < columns; i++) others[i] = isNegative[i] != 0 ? cost[i] : T.PositiveInfinity;
            for (var slot = row * slots; slot < (row + 1) * slots; slot++)
            {
                if (filled[slot] == 0) continue;
                var positive = (int)positives[slot];
                var count = Compare(others, cost[positive] + margin, inclusive, weight);
                weight[positive] += count;
                totals[row] += count;
            }
        }
    }

    /// <summary>Takes 1 from the weight of every cost below a threshold and returns their number.</summary>
    private static T Compare<T>(ReadOnlySpan<T> costs, T threshold, bool inclusive, Span<T> weights) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A cost of +∞ marks what is no negative and must not count under an infinite threshold either.
        var limit = inclusive && T.IsFinite(threshold) ? T.BitIncrement(threshold) : threshold;
        var limits = new Vector<T>(limit);
        var counts = Vector<T>.Zero;
        var i = 0;
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
}

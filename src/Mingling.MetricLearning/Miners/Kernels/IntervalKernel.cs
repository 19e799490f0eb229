using System.Numerics;
using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners.Kernels;

/// <summary><c>NegativeSearch</c> over raw rows.</summary>
internal static class IntervalKernel
{
    public static (Tensor Index, Tensor Found) Between(TripletView view, Tensor lower, Tensor upper, Tensor? uniform)
    {
        var index = zeros(lower.shape, ScalarType.Int64);
        var found = zeros(lower.shape, ScalarType.Bool);
        if (view.Cost.dtype == ScalarType.Float32) Fill<float>(view, lower, upper, uniform, index, found);
        else Fill<double>(view, lower, upper, uniform, index, found);
        return (index, found);
    }

    private static void Fill<T>(TripletView view, Tensor lower, Tensor upper, Tensor? uniform, Tensor index, Tensor found)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (slots, columns) = ((int)lower.shape[1], (int)view.Cost.shape[1]);
        var costs = RowKernels.Elements<T>(view.NegativeCosts()); // +∞ never lies inside an open interval
        var lowest = RowKernels.Elements<T>(lower.contiguous());
        var highest = RowKernels.Elements<T>(upper.contiguous());
        var valid = view.Slots.Valid.contiguous().bytes;
        var draws = uniform is null ? default : RowKernels.Elements<double>(uniform.to(ScalarType.Float64).contiguous());
        var indices = RowKernels.Elements<long>(index);
        var flags = found.bytes;
        for (int i = 0; i < indices.Length; i++)
        {
            if (valid.Length == indices.Length && valid[i] == 0) continue;
            var row = costs.Slice(i / slots * columns, columns);
            int place = uniform is null ? Nearest(row, lowest[i], highest[i]) : Drawn(row, lowest[i], highest[i], draws[i]);
            if (place >= 0) (indices[i], flags[i]) = (place, 1);
        }
    }

    private static int Nearest<T>(ReadOnlySpan<T> row, T lower, T upper) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (floor, best) = (new Vector<T>(lower), new Vector<T>(upper));
        int i = 0;
        for (; i <= row.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var costs = new Vector<T>(row[i..]);
            best = Vector.ConditionalSelect(Vector.GreaterThan(costs, floor), Vector.Min(best, costs), best);
        }
        var least = upper;
        for (int lane = 0; lane < Vector<T>.Count; lane++) least = T.Min(least, best[lane]);
        for (; i < row.Length; i++) if (row[i] > lower) least = T.Min(least, row[i]);
        return least < upper ? row.IndexOf(least) : -1;
    }

    private static int Drawn<T>(ReadOnlySpan<T> row, T lower, T upper, double draw) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = Count(row, lower, upper);
        int rank = Math.Min((int)(draw * count), count - 1);
        for (int i = 0; i < row.Length; i++) if (row[i] > lower && row[i] < upper && rank-- == 0) return i;
        return -1;
    }

    private static int Count<T>(ReadOnlySpan<T> row, T lower, T upper) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (floor, ceiling, counts) = (new Vector<T>(lower), new Vector<T>(upper), Vector<T>.Zero);
        int i = 0;
        for (; i <= row.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var costs = new Vector<T>(row[i..]);
            counts += Vector.ConditionalSelect(Vector.GreaterThan(costs, floor) & Vector.LessThan(costs, ceiling), Vector<T>.One, Vector<T>.Zero);
        }
        int count = int.CreateChecked(Vector.Sum(counts));
        for (; i < row.Length; i++) if (row[i] > lower && row[i] < upper) count++;
        return count;
    }
}

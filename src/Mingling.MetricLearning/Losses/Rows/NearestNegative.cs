using System.Numerics;
using System.Runtime.Intrinsics;

namespace Mingling.MetricLearning.Losses;

/// <summary>Looks a negative up in the costs of a row, a whole number of vectors.</summary>
internal static class NearestNegative
{
    /// <summary>The nearest with lower &lt; cost &lt; upper, of equals the first; −1 where there is none.</summary>
    public static int Above(ReadOnlySpan<float> others, float lower, float upper)
    {
        Vector256<float> floor = Vector256.Create(lower), best = Vector256.Create(upper);
        for (int i = 0; i < others.Length; i += Vector256<float>.Count)
        {
            var costs = Vector256.Create(others[i..]);
            best = Vector256.ConditionalSelect(Vector256.GreaterThan(costs, floor), Vector256.Min(best, costs), best);
        }
        float least = upper;
        for (int lane = 0; lane < Vector256<float>.Count; lane++) least = Math.Min(least, best[lane]);
        if (!(least < upper)) return -1;
        var wanted = Vector256.Create(least);
        for (int i = 0; i < others.Length; i += Vector256<float>.Count)
        {
            uint equal = Vector256.Equals(Vector256.Create(others[i..]), wanted).ExtractMostSignificantBits();
            if (equal != 0) return i + BitOperations.TrailingZeroCount(equal);
        }
        return -1;
    }

    /// <summary>One of those with lower &lt; cost &lt; upper, by a number in [0, 1); −1 where there is none.</summary>
    public static int Drawn(ReadOnlySpan<float> others, float lower, float upper, double draw)
    {
        Vector256<float> floor = Vector256.Create(lower), ceiling = Vector256.Create(upper);
        int count = 0;
        for (int i = 0; i < others.Length; i += Vector256<float>.Count) count += BitOperations.PopCount(Inside(others[i..]));
        int rank = Math.Min((int)(draw * count), count - 1);
        if (rank < 0) return -1;
        for (int i = 0; i < others.Length; i += Vector256<float>.Count)
        {
            uint inside = Inside(others[i..]);
            int here = BitOperations.PopCount(inside);
            if (rank >= here)
            {
                rank -= here;
                continue;
            }
            for (; rank > 0; rank--) inside &= inside - 1;
            return i + BitOperations.TrailingZeroCount(inside);
        }
        return -1;

        uint Inside(ReadOnlySpan<float> costs)
        {
            var these = Vector256.Create(costs);
            return (Vector256.GreaterThan(these, floor) & Vector256.LessThan(these, ceiling)).ExtractMostSignificantBits();
        }
    }
}

using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Picks the nearest rows of a gallery; keeps its memory from query to query.</summary>
internal sealed class NearestRows<T>(int most) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (T Distance, int Row)[] _nearest = new (T, int)[most];

    /// <summary>The nearest rows but the excluded one, nearest first, of equals the lower index; valid until the next call.</summary>
    internal ReadOnlySpan<(T SquaredDistance, int Row)> Find(ReadOnlySpan<T> squaredDistances, int excluded)
    {
        int found = 0;
        for (int row = 0; row < squaredDistances.Length; row++)
        {
            var d = squaredDistances[row];
            if (row == excluded || (found == _nearest.Length && d >= _nearest[^1].Distance)) continue;
            // Rows come in rising order, so that a later row of equal distance is placed after the earlier ones.
            int place = found < _nearest.Length ? found++ : found - 1;
            for (; place > 0 && _nearest[place - 1].Distance > d; place--) _nearest[place] = _nearest[place - 1];
            _nearest[place] = (d, row);
        }
        return _nearest.AsSpan(0, found);
    }
}

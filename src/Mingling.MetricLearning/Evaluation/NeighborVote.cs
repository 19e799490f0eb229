using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Picks the k nearest rows of a gallery and counts their votes; keeps its memory from query to query.</summary>
internal sealed class NeighborVote<T>(ClassIndex classes, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (T Distance, int Row)[] _nearest = new (T, int)[Math.Min(k, classes.ClassOfRow.Length)];
    private readonly int[] _votes = new int[classes.Count];

    /// <summary>
    /// The class with most votes and the squared distance of its nearest row; −1 where there is no row but the excluded one.
    /// </summary>
    internal (int Class, T SquaredDistance) Winner(ReadOnlySpan<T> squaredDistances, int excluded)
    {
        var found = FindNearest(squaredDistances, excluded);
        Array.Clear(_votes);
        for (var i = 0; i < found; i++) _votes[classes.ClassOfRow[_nearest[i].Row]]++;
        var winner = (Class: -1, SquaredDistance: T.Zero);
        for (var i = 0; i < found; i++)
        {
            var candidate = classes.ClassOfRow[_nearest[i].Row];
            if (winner.Class < 0 || _votes[candidate] > _votes[winner.Class]) winner = (candidate, _nearest[i].Distance);
        }
        return winner;
    }

    private int FindNearest(ReadOnlySpan<T> squaredDistances, int excluded)
    {
        var found = 0;
        for (var row = 0; row < squaredDistances.Length; row++)
        {
            var d = squaredDistances[row];
            if (row == excluded || (found == _nearest.Length && d >= _nearest[^1].Distance)) continue;
            // Rows come in rising order, so that a later row of equal distance goes behind the earlier ones.
            var place = found < _nearest.Length ? found++ : found - 1;
            for (; place > 0 && _nearest[place - 1].Distance > d; place--) _nearest[place] = _nearest[place - 1];
            _nearest[place] = (d, row);
        }
        return found;
    }
}

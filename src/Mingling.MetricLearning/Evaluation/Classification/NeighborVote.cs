using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Counts the votes of the k nearest rows of a gallery; keeps its memory from query to query.</summary>
internal sealed class NeighborVote<T>(RowsByClass classes, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NearestRows<T> _nearest = new(Math.Min(k, classes.ClassOfRow.Length));
    private readonly int[] _votes = new int[classes.Count];

    /// <summary>
    /// The class with most votes and the squared distance of its nearest row; −1 where there is no row but the excluded one.
    /// </summary>
    internal (int Class, T SquaredDistance) Winner(ReadOnlySpan<T> squaredDistances, int excluded)
    {
        var nearest = _nearest.Find(squaredDistances, excluded);
        Array.Clear(_votes);
        foreach (var (_, row) in nearest) _votes[classes.ClassOfRow[row]]++;
        var winner = (Class: -1, SquaredDistance: T.Zero);
        foreach (var (distance, row) in nearest)
        {
            int candidate = classes.ClassOfRow[row];
            if (winner.Class < 0 || _votes[candidate] > _votes[winner.Class]) winner = (candidate, distance);
        }
        return winner;
    }
}

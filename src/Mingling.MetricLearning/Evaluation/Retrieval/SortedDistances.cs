using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// Finds the place of a distance among sorted ones. A table of equal steps between the least and the greatest narrows the place down
/// to a few; a binary search among these keeps the worst case, distances that crowd into one step, at O(log n).
/// </summary>
internal sealed class SortedDistances<T>(int capacity) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StepsPerDistance = 4;
    private readonly T[] _sorted = new T[capacity];
    private readonly int[] _firstOfStep = new int[capacity * StepsPerDistance + 2];
    private int _count;
    private T _scale;

    /// <summary>The distances, to be filled in and sorted before <see cref="Index"/>.</summary>
    internal Span<T> Reserve(int count)
    {
        _count = count;
        return _sorted.AsSpan(0, count);
    }

    /// <summary>Builds the table for the sorted distances.</summary>
    internal void Index()
    {
        int steps = _count * StepsPerDistance;
        var width = _sorted[_count - 1] - _sorted[0];
        _scale = width > T.Zero ? T.CreateTruncating(steps) / width : T.Zero;
        // Distances so close that the quotient overflows share one step.
        if (!T.IsFinite(_scale)) _scale = T.Zero;
        int step = 0;
        for (int position = 0; position < _count; position++)
        {
            for (int own = StepOf(_sorted[position]); step <= own; step++) _firstOfStep[step] = position;
        }
        _firstOfStep.AsSpan(step, steps + 2 - step).Fill(_count);
    }

    /// <summary>The first position whose distance is at least d, or the count.</summary>
    internal int LowerBound(T d)
    {
        if (d <= _sorted[0]) return 0;
        int step = StepOf(d);
        // The step rises with d, so that all earlier steps hold smaller distances and all later ones greater.
        var (low, high) = (_firstOfStep[step], _firstOfStep[step + 1]);
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_sorted[middle] < d) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private int StepOf(T d) => Math.Min(int.CreateTruncating((d - _sorted[0]) * _scale), _count * StepsPerDistance);
}

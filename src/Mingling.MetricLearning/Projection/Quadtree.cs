using System.Numerics;

namespace Mingling.MetricLearning.Projection;

/// <summary>
/// The tree of Barnes and Hut (1986) over points of the plane. Points are sorted along a Z-shaped curve (Morton 1966), so that each
/// cell is a run of them; cells stand in the order of a walk, each with the one to go on with when it is not entered. Cells with a
/// single child are left out, thus there are fewer than twice as many cells as points, however near points are.
/// </summary>
internal sealed class Quadtree
{
    private const int BitsOfCoordinate = 31;
    private const int PointsOfLeaf = 8;

    private readonly double _theta;
    private readonly ulong[] _codes;
    private readonly Point[] _points;
    private readonly Cell[] _cells;
    private int _cellCount;
    private double _side;

    /// <param name="count">The number of points, at least 1.</param>
    /// <param name="theta">A cell counts as one point where its width is below θ times its distance; from 0 (never) to 0.7.</param>
    internal Quadtree(int count, double theta)
    {
        _theta = theta;
        Order = new int[count];
        (_codes, _points, _cells) = (new ulong[count], new Point[count], new Cell[2 * count]);
    }

    /// <summary>The points along the curve.</summary>
    internal int[] Order { get; }

    /// <summary>Sorts the points into cells; allocates nothing.</summary>
    internal void Build(ReadOnlySpan<Point> places)
    {
        var (low, high) = (places[0], places[0]);
        foreach (var place in places)
        {
            low = new Point(Math.Min(low.X, place.X), Math.Min(low.Y, place.Y));
            high = new Point(Math.Max(high.X, place.X), Math.Max(high.Y, place.Y));
        }
        _side = Math.Max(high.X - low.X, high.Y - low.Y);
        double scale = _side > 0 ? ((1L << BitsOfCoordinate) - 1) / _side : 0;
        for (int i = 0; i < places.Length; i++)
        {
            var offset = scale * (places[i] - low);
            _codes[i] = Spread((ulong)offset.X) | Spread((ulong)offset.Y) << 1;
            Order[i] = i;
        }
        Array.Sort(_codes, Order);
        for (int k = 0; k < places.Length; k++) _points[k] = places[Order[k]];
        _cellCount = 0;
        Add(0, places.Length);
    }

    /// <summary>
    /// What all other points do to one: Σ w² (y − y_j) and Σ w, with w = 1 / (1 + ‖y − y_j‖²).
    /// </summary>
    /// <param name="k">The place of the point in <see cref="Order"/>.</param>
    /// <param name="force">Σ w² (y − y_j).</param>
    /// <param name="weight">Σ w.</param>
    internal void Repel(int k, out Point force, out double weight)
    {
        var place = _points[k];
        var sum = default(Point);
        // The point meets itself with w = 1 and no force.
        double weights = -1.0;
        for (int c = 0; c < _cellCount;)
        {
            ref readonly var cell = ref _cells[c];
            var difference = place - cell.Center;
            double squared = difference.SquaredLength;
            if (squared > cell.EnteredWithin)
            {
                double w = 1 / (1 + squared);
                double heavy = w * (cell.End - cell.First);
                weights += heavy;
                sum += w * heavy * difference;
                c = cell.Next;
                continue;
            }
            c++;
            if (cell.Next != c) continue;
            foreach (var point in _points.AsSpan(cell.First, cell.End - cell.First))
            {
                var near = place - point;
                double w = 1 / (1 + near.SquaredLength);
                weights += w;
                sum += w * w * near;
            }
        }
        (force, weight) = (sum, weights);
    }

    /// <summary>Adds the smallest cell that holds a run of points, and all within it; the result is the sum of their places.</summary>
    private Point Add(int first, int end)
    {
        int index = _cellCount++;
        var sum = default(Point);
        int shared = (BitOperations.LeadingZeroCount(_codes[first] ^ _codes[end - 1]) - 2) / 2;
        bool isLeaf = end - first <= PointsOfLeaf || shared >= BitsOfCoordinate;
        if (isLeaf)
        {
            foreach (var point in _points.AsSpan(first, end - first)) sum += point;
        }
        else
        {
            int digit = 2 * (BitsOfCoordinate - 1 - shared);
            for (int from = first, to; from < end; from = to)
            {
                for (to = from + 1; to < end && (_codes[to] ^ _codes[from]) >> digit == 0;) to++;
                sum += Add(from, to);
            }
        }
        double width = _side / (1L << Math.Min(shared, BitsOfCoordinate)) / _theta;
        _cells[index] = new Cell(1.0 / (end - first) * sum, width * width, first, end, _cellCount);
        return sum;
    }

    /// <summary>Puts a zero before each bit of a number of 31.</summary>
    private static ulong Spread(ulong bits)
    {
        bits = (bits | bits << 16) & 0x0000ffff0000ffff;
        bits = (bits | bits << 8) & 0x00ff00ff00ff00ff;
        bits = (bits | bits << 4) & 0x0f0f0f0f0f0f0f0f;
        bits = (bits | bits << 2) & 0x3333333333333333;
        return (bits | bits << 1) & 0x5555555555555555;
    }

    /// <summary>A cell: its centre of mass, the squared distance within which it is entered, its points, and the cell after all within it.</summary>
    private readonly record struct Cell(Point Center, double EnteredWithin, int First, int End, int Next);
}

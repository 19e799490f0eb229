using System.Runtime.InteropServices;

namespace Mingling.MetricLearning.Projection;

/// <summary>
/// Gradient descent of t-SNE with momentum and gains (Jacobs 1988). A step allocates nothing on one thread, and what it computes does
/// not depend on the number of threads.
/// </summary>
internal sealed class TSneDescent
{
    private const int PointsAtOnce = 128;
    private const double EarlyMomentum = 0.5, Momentum = 0.8;
    private const double GainMore = 0.2, GainLess = 0.8, LeastGain = 0.01;
    private const double LongestStep = 5;

    private readonly Affinities _affinities;
    private readonly Quadtree _tree;
    private readonly Point[] _places;
    private readonly Point[] _attraction;
    private readonly Point[] _repulsion;
    private readonly double[] _weights;
    private readonly Point[] _velocity;
    private readonly double[] _gains;
    private readonly double _rate;
    private readonly double _exaggeration;
    private readonly Action[] _work;
    private readonly ParallelOptions _parallel;
    private int _next;

    /// <param name="affinities">What draws points together.</param>
    /// <param name="theta">θ of the tree; 0 for exact repulsion.</param>
    /// <param name="options">Learning rate, exaggeration, threads.</param>
    /// <param name="start">x and y of each point: [N × 2].</param>
    internal TSneDescent(Affinities affinities, double theta, TSneOptions options, ReadOnlySpan<double> start)
    {
        int count = affinities.Count;
        _affinities = affinities;
        _tree = new Quadtree(count, theta);
        _places = MemoryMarshal.Cast<double, Point>(start).ToArray();
        (_attraction, _repulsion, _velocity) = (new Point[count], new Point[count], new Point[count]);
        (_weights, _gains) = (new double[count], new double[2 * count]);
        Array.Fill(_gains, 1);
        _rate = options.LearningRate ?? Math.Max(200, count / 12.0);
        _exaggeration = options.Exaggeration;
        _work = [.. Enumerable.Repeat<Action>(Work, options.Threads)];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
    }

    /// <summary>x and y of each point: [N × 2].</summary>
    internal double[] Places() => MemoryMarshal.Cast<Point, double>(_places).ToArray();

    /// <summary>Moves all points once.</summary>
    internal void Step(bool early)
    {
        double total = ComputeForces();
        double momentum = early ? EarlyMomentum : Momentum;
        double exaggeration = early ? _exaggeration : 1;
        var mean = default(Point);
        for (int i = 0; i < _places.Length; i++)
        {
            var gradient = exaggeration * _attraction[i] - 1 / total * _repulsion[i];
            var velocity = new Point(
                momentum * _velocity[i].X - _rate * Gain(2 * i, gradient.X, _velocity[i].X) * gradient.X,
                momentum * _velocity[i].Y - _rate * Gain(2 * i + 1, gradient.Y, _velocity[i].Y) * gradient.Y);
            // Few points with a high rate could fly apart before they settle.
            double length = Math.Sqrt(velocity.SquaredLength);
            if (length > LongestStep) velocity = LongestStep / length * velocity;
            _velocity[i] = velocity;
            _places[i] += velocity;
            mean += 1.0 / _places.Length * _places[i];
        }
        foreach (ref var place in _places.AsSpan()) place -= mean;
    }

    /// <summary>dC/dy of each point for the divergence C, with its factor 4: [N × 2].</summary>
    internal double[] Gradient()
    {
        double total = ComputeForces();
        return [.. Enumerable.Range(0, _places.Length).Select(i => 4 * (_attraction[i] - 1 / total * _repulsion[i])).SelectMany(g => new[] { g.X, g.Y })];
    }

    /// <summary>C = Σ p ln(p / q), with q_ij = w_ij / Σ w and w_ij = 1 / (1 + ‖y_i − y_j‖²).</summary>
    internal double Divergence()
    {
        var (sum, logTotal) = (0.0, Math.Log(ComputeForces()));
        for (int i = 0; i < _places.Length; i++)
        {
            for (int edge = _affinities.Start[i]; edge < _affinities.Start[i + 1]; edge++)
            {
                double p = _affinities.Values[edge];
                // An affinity may be too small for a number, and then adds nothing.
                if (p > 0) sum += p * (Math.Log(p * (1 + (_places[i] - _places[_affinities.Columns[edge]]).SquaredLength)) + logTotal);
            }
        }
        return sum;
    }

    private double Gain(int coordinate, double gradient, double velocity)
    {
        ref double gain = ref _gains[coordinate];
        return gain = Math.Sign(gradient) == Math.Sign(velocity) ? Math.Max(LeastGain, gain * GainLess) : gain + GainMore;
    }

    /// <summary>Fills attraction and repulsion; the result is Σ w over all pairs of different points.</summary>
    private double ComputeForces()
    {
        _tree.Build(_places);
        _next = 0;
        if (_work.Length == 1) Work();
        else Parallel.Invoke(_parallel, _work);
        double total = 0.0;
        // One after the other and in order, so that rounding is the same for any number of threads.
        foreach (double weight in _weights) total += weight;
        return total;
    }

    private void Work()
    {
        while (Interlocked.Add(ref _next, PointsAtOnce) - PointsAtOnce is var from && from < _places.Length)
        {
            int to = Math.Min(_places.Length, from + PointsAtOnce);
            // In the order of the tree, neighbours visit the same cells one after another.
            for (int k = from; k < to; k++) _tree.Repel(k, out _repulsion[_tree.Order[k]], out _weights[_tree.Order[k]]);
            for (int i = from; i < to; i++) _attraction[i] = Attract(i);
        }
    }

    private Point Attract(int i)
    {
        var place = _places[i];
        var sum = default(Point);
        for (int edge = _affinities.Start[i]; edge < _affinities.Start[i + 1]; edge++)
        {
            var difference = place - _places[_affinities.Columns[edge]];
            sum += _affinities.Values[edge] / (1 + difference.SquaredLength) * difference;
        }
        return sum;
    }
}

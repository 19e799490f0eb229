using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>One start of k-means: its centres, and the cluster and squared distance of each row.</summary>
internal sealed class KMeansRun<T>(EmbeddingSet<T> set, int clusters, KMeansOptions options) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _centres = new T[clusters * set.Dimension];
    private readonly int[] _clusterOf = new int[set.Count];
    private readonly double[] _squaredDistances = new double[set.Count];

    internal KMeansClustering FromRandomStart(Random random)
    {
        Array.Fill(_clusterOf, -1);
        SpreadCentres(random);
        var changed = Assign();
        for (var iteration = 0; iteration < options.MaxIterations && changed; iteration++)
        {
            MoveCentres();
            changed = Assign();
        }
        return new KMeansClustering(_clusterOf, _squaredDistances.Sum());
    }

    /// <summary>k-means++: each further centre is a row drawn with a probability proportional to its squared distance to the nearest.</summary>
    private void SpreadCentres(Random random)
    {
        Array.Fill(_squaredDistances, double.PositiveInfinity);
        var chosen = random.Next(set.Count);
        for (var c = 0; ; c++)
        {
            PlaceCentre(c, chosen);
            if (c == clusters - 1) return;
            for (var row = 0; row < set.Count; row++)
            {
                _squaredDistances[row] = Math.Min(_squaredDistances[row], VectorMath.SquaredDistance(set.Row(row), set.Row(chosen)));
            }
            chosen = Draw(random);
        }
    }

    private int Draw(Random random)
    {
        var left = random.NextDouble() * _squaredDistances.Sum();
        // Where all rows coincide with a centre, any row does; otherwise rounding may leave a rest, and the last candidate is taken.
        var candidate = 0;
        for (var row = 0; row < set.Count; row++)
        {
            if (_squaredDistances[row] == 0) continue;
            candidate = row;
            left -= _squaredDistances[row];
            if (left < 0) break;
        }
        return candidate;
    }

    private bool Assign()
    {
        var centres = new EmbeddingSet<T>(_centres, set.Dimension, Enumerable.Range(0, clusters).ToArray());
        var changed = 0;
        QueryBlocks.ForEach(set, centres, options.Threads, () => (row, distances) =>
        {
            var nearest = 0;
            for (var c = 1; c < distances.Length; c++)
            {
                if (distances[c] < distances[nearest]) nearest = c;
            }
            _squaredDistances[row] = double.CreateTruncating(distances[nearest]);
            if (_clusterOf[row] == nearest) return;
            _clusterOf[row] = nearest;
            Interlocked.Exchange(ref changed, 1);
        });
        return changed == 1;
    }

    private void MoveCentres()
    {
        var sums = new double[_centres.Length];
        var sizes = new int[clusters];
        for (var row = 0; row < set.Count; row++)
        {
            var sum = sums.AsSpan(_clusterOf[row] * set.Dimension, set.Dimension);
            var x = set.Row(row);
            for (var k = 0; k < sum.Length; k++) sum[k] += double.CreateTruncating(x[k]);
            sizes[_clusterOf[row]]++;
        }
        for (var i = 0; i < sums.Length; i++)
        {
            var size = sizes[i / set.Dimension];
            if (size > 0) _centres[i] = T.CreateTruncating(sums[i] / size);
        }
        for (var c = 0; c < clusters; c++)
        {
            if (sizes[c] == 0) PlaceCentre(c, TakeFarthestRow());
        }
    }

    /// <summary>An empty cluster starts anew from the row that is farthest from its centre.</summary>
    private int TakeFarthestRow()
    {
        var farthest = 0;
        for (var row = 1; row < set.Count; row++)
        {
            if (_squaredDistances[row] > _squaredDistances[farthest]) farthest = row;
        }
        _squaredDistances[farthest] = 0;
        return farthest;
    }

    private void PlaceCentre(int c, int row) => set.Row(row).CopyTo(_centres.AsSpan(c * set.Dimension));
}

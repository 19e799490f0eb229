using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>One start of k-means: its centres, and the cluster and squared distance of each row.</summary>
internal sealed class KMeansRun<T>(EmbeddingSet<T> set, int clusters, KMeansOptions options) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _centers = new T[clusters * set.Dimension];
    private readonly int[] _clusterOf = new int[set.Count];
    private readonly double[] _squaredDistances = new double[set.Count];

    internal KMeansClustering FromRandomStart(Random random)
    {
        Array.Fill(_clusterOf, -1);
        SpreadCenters(random);
        bool changed = Assign();
        for (int iteration = 0; iteration < options.MaxIterations && changed; iteration++)
        {
            MoveCenters();
            changed = Assign();
        }
        return new KMeansClustering(_clusterOf, _squaredDistances.Sum());
    }

    /// <summary>k-means++: each further centre is a row drawn with a probability proportional to its squared distance to the nearest.</summary>
    private void SpreadCenters(Random random)
    {
        Array.Fill(_squaredDistances, double.PositiveInfinity);
        int chosen = random.Next(set.Count);
        for (int c = 0; ; c++)
        {
            PlaceCenter(c, chosen);
            if (c == clusters - 1) return;
            for (int row = 0; row < set.Count; row++)
            {
                _squaredDistances[row] = Math.Min(_squaredDistances[row], VectorMath.SquaredDistance(set.Row(row), set.Row(chosen)));
            }
            chosen = Draw(random);
        }
    }

    private int Draw(Random random)
    {
        double left = random.NextDouble() * _squaredDistances.Sum();
        // Where all rows coincide with a centre, any row does; otherwise rounding may leave a rest, and the last candidate is taken.
        int candidate = 0;
        for (int row = 0; row < set.Count; row++)
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
        var centers = new EmbeddingSet<T>(_centers, set.Dimension, Enumerable.Range(0, clusters).ToArray());
        int changed = 0;
        QueryBlocks.ForEach(set, centers, options.Threads, () => (row, distances) =>
        {
            int nearest = 0;
            for (int c = 1; c < distances.Length; c++)
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

    private void MoveCenters()
    {
        double[] sums = new double[_centers.Length];
        int[] sizes = new int[clusters];
        for (int row = 0; row < set.Count; row++)
        {
            var sum = sums.AsSpan(_clusterOf[row] * set.Dimension, set.Dimension);
            var x = set.Row(row);
            for (int k = 0; k < sum.Length; k++) sum[k] += double.CreateTruncating(x[k]);
            sizes[_clusterOf[row]]++;
        }
        for (int i = 0; i < sums.Length; i++)
        {
            int size = sizes[i / set.Dimension];
            if (size > 0) _centers[i] = T.CreateTruncating(sums[i] / size);
        }
        for (int c = 0; c < clusters; c++)
        {
            if (sizes[c] == 0) PlaceCenter(c, TakeFarthestRow());
        }
    }

    /// <summary>An empty cluster starts anew from the row that is farthest from its centre.</summary>
    private int TakeFarthestRow()
    {
        int farthest = 0;
        for (int row = 1; row < set.Count; row++)
        {
            if (_squaredDistances[row] > _squaredDistances[farthest]) farthest = row;
        }
        _squaredDistances[farthest] = 0;
        return farthest;
    }

    private void PlaceCenter(int c, int row) => set.Row(row).CopyTo(_centers.AsSpan(c * set.Dimension));
}

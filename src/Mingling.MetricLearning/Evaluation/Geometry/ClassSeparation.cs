namespace Mingling.MetricLearning.Evaluation;

/// <summary>Distances between class means, and d′ of the nearest pairs.</summary>
internal sealed class ClassSeparation(RowsByClass classes, ClassCenters centers, double[] deviations, int dimension)
{
    /// <summary>A spread this small against the distance is rounding, not spread.</summary>
    private const double NoSpread = 1e-9;

    /// <summary>The mean distance over all pairs, and the nearest pairs by rising distance.</summary>
    internal (double? MeanDistance, ClassPair[] Nearest) NearestPairs(int maxPairs)
    {
        // A heap of the nearest pairs so far, the farthest of them on top: memory stays with maxPairs, not with the square of the classes.
        var nearest = new PriorityQueue<(int First, int Second, double Distance), (double Distance, int First, int Second)>(FarthestFirst);
        double sum = 0.0;
        for (int i = 0; i < classes.Count; i++)
        {
            for (int j = i + 1; j < classes.Count; j++)
            {
                double distance = VectorMath.Distance(centers[i], centers[j]);
                sum += distance;
                if (nearest.Count < maxPairs) nearest.Enqueue((i, j, distance), (distance, i, j));
                else nearest.EnqueueDequeue((i, j, distance), (distance, i, j));
            }
        }
        if (nearest.Count == 0) return (null, []);
        var pairs = new ClassPair[nearest.Count];
        for (int k = pairs.Length - 1; k >= 0; k--)
        {
            var (i, j, distance) = nearest.Dequeue();
            pairs[k] = new ClassPair(classes.Labels[i], classes.Labels[j], distance, DPrime(i, j, distance));
        }
        return (sum / (classes.Count * (classes.Count - 1L) / 2), pairs);
    }

    private static Comparer<(double, int, int)> FarthestFirst { get; } = Comparer<(double, int, int)>.Create((a, b) => b.CompareTo(a));

    private double? DPrime(int i, int j, double distance)
    {
        if (classes.Size(i) < 2 || classes.Size(j) < 2) return null;
        if (distance == 0) return 0;
        double[] line = new double[dimension];
        for (int k = 0; k < dimension; k++) line[k] = (centers[j][k] - centers[i][k]) / distance;
        double spread = Math.Sqrt((VarianceAlong(line, i) + VarianceAlong(line, j)) / 2);
        return spread > NoSpread * distance ? distance / spread : null;
    }

    private double VarianceAlong(ReadOnlySpan<double> line, int c)
    {
        double sum = 0.0;
        foreach (int row in classes.Rows(c))
        {
            double projection = VectorMath.Dot(line, deviations.AsSpan(row * dimension, dimension));
            sum += projection * projection;
        }
        return sum / (classes.Size(c) - 1);
    }
}

using System.Numerics;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Projection;

/// <summary>
/// Principal component analysis (Pearson 1901): the orthogonal directions along which embeddings vary most, from the eigenvectors of
/// their covariance. The same data give the same bits; of the two signs of a direction, the one whose largest coordinate is positive.
/// </summary>
public sealed class PrincipalComponents
{
    private readonly double[] _mean;
    private readonly double[] _directions;
    private readonly double[] _variances;

    private PrincipalComponents(double[] mean, double[] directions, double[] variances, double totalVariance) =>
        (_mean, _directions, _variances, TotalVariance) = (mean, directions, variances, totalVariance);

    /// <summary>The number of directions, k.</summary>
    public int Count => _variances.Length;

    /// <summary>The mean of the embeddings: [D].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>The variance along each direction, falling: [k]; of a sample, thus divided by N − 1. 0 beyond the rank of the data.</summary>
    public ReadOnlySpan<double> Variances => _variances;

    /// <summary>The variance along all directions, those left out included.</summary>
    public double TotalVariance { get; }

    /// <summary>A direction, of unit length: [D]; all zeros beyond the rank of the data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such direction.</exception>
    public ReadOnlySpan<double> Direction(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _directions.AsSpan(index * _mean.Length, _mean.Length);
    }

    /// <summary>Finds the directions of a set in O(N D² + D³) time.</summary>
    /// <param name="set">The embeddings, at least one; labels play no part.</param>
    /// <param name="count">k, from 1 to the dimension.</param>
    /// <exception cref="ArgumentException">The set is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public static PrincipalComponents Fit<T>(EmbeddingSet<T> set, int count) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count == 0) throw new ArgumentException("Principal components need at least one embedding, and the set is empty.", nameof(set));
        if (count < 1 || count > set.Dimension)
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"The number of principal components must lie between 1 and the dimension, {set.Dimension}.");
        int dimension = set.Dimension;
        double[] mean = MeanOf(set);
        var (values, vectors) = SymmetricEigen.Decompose(Covariance(set, mean), dimension);
        double[] directions = vectors[..(count * dimension)];
        for (int k = 0; k < count; k++) FixSign(directions.AsSpan(k * dimension, dimension));
        return new PrincipalComponents(mean, directions, values[..count], values.Sum());
    }

    /// <summary>The coordinates of embeddings along the directions, from the mean: [set.Count × k], row after row.</summary>
    /// <exception cref="ArgumentException">The dimension is not that of the set that was analysed.</exception>
    public double[] Project<T>(EmbeddingSet<T> set) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Dimension != _mean.Length)
            throw new ArgumentException($"The components are of dimension {_mean.Length}, but the embeddings of dimension {set.Dimension}.", nameof(set));
        double[] places = new double[set.Count * Count];
        double[] centered = new double[set.Dimension];
        for (int row = 0; row < set.Count; row++)
        {
            Center(set.Row(row), _mean, centered);
            for (int k = 0; k < Count; k++) places[row * Count + k] = VectorMath.Dot(centered, Direction(k));
        }
        return places;
    }

    private static double[] MeanOf<T>(EmbeddingSet<T> set) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var first = set.Row(0);
        double[] mean = new double[set.Dimension];
        // Averaging the differences to the first row makes the mean of duplicates exactly that row.
        for (int row = 1; row < set.Count; row++)
        {
            var x = set.Row(row);
            for (int k = 0; k < mean.Length; k++) mean[k] += double.CreateTruncating(x[k]) - double.CreateTruncating(first[k]);
        }
        for (int k = 0; k < mean.Length; k++) mean[k] = double.CreateTruncating(first[k]) + mean[k] / set.Count;
        return mean;
    }

    /// <summary>[D × D]; zeros where there is one row only.</summary>
    private static double[] Covariance<T>(EmbeddingSet<T> set, double[] mean) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int dimension = set.Dimension;
        double[] covariance = new double[dimension * dimension];
        double[] centered = new double[dimension];
        for (int row = 0; row < set.Count; row++)
        {
            Center(set.Row(row), mean, centered);
            for (int i = 0; i < dimension; i++) VectorMath.AddScaled(covariance.AsSpan(i * dimension, i + 1), centered[i], centered);
        }
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
                covariance[i * dimension + j] = covariance[j * dimension + i] = covariance[i * dimension + j] / Math.Max(1, set.Count - 1);
        }
        return covariance;
    }

    private static void Center<T>(ReadOnlySpan<T> row, double[] mean, double[] centered) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < centered.Length; k++) centered[k] = double.CreateTruncating(row[k]) - mean[k];
    }

    private static void FixSign(Span<double> direction)
    {
        int largest = 0;
        for (int k = 1; k < direction.Length; k++)
        {
            if (Math.Abs(direction[k]) > Math.Abs(direction[largest])) largest = k;
        }
        if (direction[largest] >= 0) return;
        foreach (ref double v in direction) v = -v;
    }
}

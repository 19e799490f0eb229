using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// How well classes fit rows by the distances to their middles: exp(−d² / s²), made to sum to 1, with s the median distance of rows to
/// the middle of their own class. A middle is the median of each coordinate, which wrong labels do not draw away as they do a mean.
/// </summary>
internal sealed class CenterWitness<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowsByClass _classes;
    private readonly double[] _own;
    private readonly double[] _upper;
    private readonly double[] _middle;

    internal CenterWitness(EmbeddingSet<T> set, int threads)
    {
        _classes = set.Classes;
        Shares = new double[set.Count * _classes.Count];
        QueryBlocks.ForEach(set, Middles(set), threads, () => (row, distances) =>
        {
            for (int c = 0; c < distances.Length; c++) Shares[row * distances.Length + c] = double.CreateTruncating(distances[c]);
        });
        _own = [.. Enumerable.Range(0, set.Count).Select(row => Math.Sqrt(Shares[row * _classes.Count + _classes.ClassOfRow[row]]))];
        (_middle, _upper) = (new double[_classes.Count], new double[_classes.Count]);
        for (int c = 0; c < _classes.Count; c++)
        {
            double[] sorted = [.. _classes.Rows(c).ToArray().Select(row => _own[row]).Order()];
            (_middle[c], _upper[c]) = (sorted[sorted.Length / 2], sorted[3 * sorted.Length / 4]);
        }
        double scale = _own.Order().ElementAt(set.Count / 2);
        for (int row = 0; row < set.Count; row++) ToShares(Shares.AsSpan(row * _classes.Count, _classes.Count), scale * scale);
    }

    /// <summary>[Count × classes].</summary>
    internal double[] Shares { get; }

    /// <summary>Whether the distance of a row from its own centre exceeds the upper quartile of its class by a given multiple of (upper quartile − median).</summary>
    internal bool IsFarOut(int row, double times)
    {
        int c = _classes.ClassOfRow[row];
        return _own[row] > _upper[c] + times * (_upper[c] - _middle[c]) && _own[row] > 0;
    }

    private static void ToShares(Span<double> squaredDistances, double scale)
    {
        double nearest = double.PositiveInfinity;
        foreach (double d in squaredDistances) nearest = Math.Min(nearest, d);
        double sum = 0.0;
        // Where half of all rows coincide with their middles there is no scale, and only the nearest class counts.
        foreach (ref double d in squaredDistances) sum += d = d == nearest ? 1 : scale > 0 ? Math.Exp((nearest - d) / scale) : 0;
        foreach (ref double d in squaredDistances) d /= sum;
    }

    private static EmbeddingSet<T> Middles(EmbeddingSet<T> set)
    {
        var middles = new T[set.Classes.Count * set.Dimension];
        for (int c = 0; c < set.Classes.Count; c++)
        {
            var rows = set.Classes.Rows(c);
            var column = new T[rows.Length];
            for (int k = 0; k < set.Dimension; k++)
            {
                for (int i = 0; i < column.Length; i++) column[i] = set.Row(rows[i])[k];
                Array.Sort(column);
                middles[c * set.Dimension + k] = column[column.Length / 2];
            }
        }
        return new EmbeddingSet<T>(middles, set.Dimension, set.DistinctLabels);
    }
}

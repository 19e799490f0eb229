using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>The mean embedding of each class, in double precision: [classes × dimension].</summary>
internal sealed class ClassCenters
{
    private readonly double[] _values;
    private readonly int _dimension;

    private ClassCenters(double[] values, int dimension) => (_values, _dimension) = (values, dimension);

    internal ReadOnlySpan<double> this[int c] => _values.AsSpan(c * _dimension, _dimension);

    internal static ClassCenters Compute<T>(EmbeddingSet<T> set) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int dimension = set.Dimension;
        double[] values = new double[set.Classes.Count * dimension];
        for (int c = 0; c < set.Classes.Count; c++)
        {
            var rows = set.Classes.Rows(c);
            var first = set.Row(rows[0]);
            var mean = values.AsSpan(c * dimension, dimension);
            // Averaging the differences to the first row makes the mean of duplicates exactly that row.
            foreach (int row in rows)
            {
                var x = set.Row(row);
                for (int k = 0; k < dimension; k++) mean[k] += double.CreateTruncating(x[k]) - double.CreateTruncating(first[k]);
            }
            for (int k = 0; k < dimension; k++) mean[k] = double.CreateTruncating(first[k]) + mean[k] / rows.Length;
        }
        return new ClassCenters(values, dimension);
    }
}

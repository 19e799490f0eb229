using System.Numerics;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Sampling;

/// <summary>How alike each two classes are, for samplers that put classes that are easily confused into the same batch.</summary>
public sealed class ClassSimilarity
{
    private readonly RowsByClass _classes;
    private readonly double[,] _values;

    /// <summary>Takes a matrix of similarities, such as one made from phonetic edit distances.</summary>
    /// <param name="labels">The label of each row and column, all different.</param>
    /// <param name="values">
    /// The similarities, [labels × labels], finite; greater means more easily confused, only the order counts. Where the two directions
    /// differ, their mean is taken; the diagonal is ignored.
    /// </param>
    /// <exception cref="ArgumentException">The sizes do not agree, a label comes twice, or a value is not finite.</exception>
    public ClassSimilarity(ReadOnlySpan<long> labels, double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.GetLength(0) != labels.Length || values.GetLength(1) != labels.Length)
            throw new ArgumentException(
                $"{labels.Length} labels need a matrix of {labels.Length} × {labels.Length}, not {values.GetLength(0)} × {values.GetLength(1)}.",
                nameof(values));
        _classes = new RowsByClass(labels);
        if (_classes.Count != labels.Length) throw new ArgumentException("Every label must come once, but one comes twice.", nameof(labels));
        _values = new double[labels.Length, labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < labels.Length; j++)
            {
                if (!double.IsFinite(values[i, j]))
                    throw new ArgumentException($"The similarity of classes {labels[i]} and {labels[j]} is {values[i, j]}, but must be finite.", nameof(values));
                _values[_classes.ClassOfRow[i], _classes.ClassOfRow[j]] = values[i, j] / 2 + values[j, i] / 2;
            }
        }
    }

    /// <summary>The similarity of two classes, the same in both directions.</summary>
    /// <exception cref="ArgumentException">A label is unknown.</exception>
    public double this[long first, long second] => _values[Find(first), Find(second)];

    /// <summary>Makes similarities from a confusion matrix: the mean of the two rates at which one class is taken for the other.</summary>
    /// <param name="labels">The label of each row and column, all different.</param>
    /// <param name="counts">How often the class of the row was recognised as that of the column, 0 or more; a row may be empty.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, a label comes twice, or a count is negative.</exception>
    public static ClassSimilarity FromConfusions(ReadOnlySpan<long> labels, long[,] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        double[,] rates = new double[counts.GetLength(0), counts.GetLength(1)];
        for (int i = 0; i < rates.GetLength(0); i++)
        {
            double total = 0.0;
            for (int j = 0; j < rates.GetLength(1); j++)
            {
                if (counts[i, j] < 0) throw new ArgumentException($"A confusion count is {counts[i, j]}, but must be 0 or more.", nameof(counts));
                total += counts[i, j];
            }
            for (int j = 0; j < rates.GetLength(1); j++) rates[i, j] = total > 0 ? counts[i, j] / total : 0;
        }
        return new ClassSimilarity(labels, rates);
    }

    /// <summary>Makes similarities from embeddings: the negative Euclidean distance between the class means.</summary>
    public static ClassSimilarity FromEmbeddings<T>(EmbeddingSet<T> set) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        var centers = ClassCenters.Compute(set);
        double[,] values = new double[set.Classes.Count, set.Classes.Count];
        for (int i = 0; i < set.Classes.Count; i++)
        {
            for (int j = 0; j < set.Classes.Count; j++) values[i, j] = -VectorMath.Distance(centers[i], centers[j]);
        }
        return new ClassSimilarity(set.Classes.Labels, values);
    }

    private int Find(long label)
    {
        int c = _classes.Find(label);
        return c >= 0 ? c : throw new ArgumentException($"There is no similarity for class {label}.", nameof(label));
    }
}

using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// Embeddings with their class labels, checked once: the input of every evaluation in this namespace. Distances between rows are
/// Euclidean; for cosine evaluation use <see cref="Normalized"/> first, on unit vectors both give the same order.
/// </summary>
/// <typeparam name="T">The type of the values, and the precision in which distances between rows are computed:
/// <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class EmbeddingSet<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double LargestValue = 1e15;
    private const double SmallestNorm = 1e-12;
    private readonly ReadOnlyMemory<T> _values;

    /// <summary>Takes embeddings without copying them; the values must not change while the set is in use.</summary>
    /// <param name="values">The embeddings, row after row: [labels.Length × dimension].</param>
    /// <param name="dimension">The length of one embedding, at least 1.</param>
    /// <param name="labels">The class of each row; any integers.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a value is not finite or beyond ±1e15.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is below 1.</exception>
    public EmbeddingSet(ReadOnlyMemory<T> values, int dimension, ReadOnlySpan<long> labels)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new ArgumentException($"Embeddings must be float or double, not {typeof(T).Name}.", nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (values.Length != (long)labels.Length * dimension)
            throw new ArgumentException(
                $"{labels.Length} labels of dimension {dimension} need {(long)labels.Length * dimension} values, but there are {values.Length}.",
                nameof(values));
        CheckRange(values.Span, dimension);
        _values = values;
        Dimension = dimension;
        Classes = new RowsByClass(labels);
    }

    /// <inheritdoc cref="EmbeddingSet{T}(ReadOnlyMemory{T}, int, ReadOnlySpan{long})"/>
    public EmbeddingSet(ReadOnlyMemory<T> values, int dimension, ReadOnlySpan<int> labels)
        : this(values, dimension, Widen(labels))
    {
    }

    private EmbeddingSet(ReadOnlyMemory<T> values, int dimension, RowsByClass classes)
    {
        _values = values;
        Dimension = dimension;
        Classes = classes;
    }

    /// <summary>The number of embeddings, 0 or more.</summary>
    public int Count => Classes.ClassOfRow.Length;

    /// <summary>The length of one embedding.</summary>
    public int Dimension { get; }

    /// <summary>The distinct labels in rising order.</summary>
    public ReadOnlySpan<long> DistinctLabels => Classes.Labels;

    /// <summary>All values, row after row: [Count × Dimension].</summary>
    public ReadOnlySpan<T> Values => _values.Span;

    internal RowsByClass Classes { get; }

    /// <summary>The embedding at a position: [Dimension].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<T> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _values.Span.Slice(index * Dimension, Dimension);
    }

    /// <summary>The label of the row at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public long LabelOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Classes.Labels[Classes.ClassOfRow[index]];
    }

    /// <summary>A copy whose rows have unit length: v / max(‖v‖₂, 1e-12). A row of zeros stays zero.</summary>
    public EmbeddingSet<T> Normalized()
    {
        var unit = _values.ToArray();
        for (int start = 0; start < unit.Length; start += Dimension)
        {
            var row = unit.AsSpan(start, Dimension);
            double squares = 0.0;
            foreach (var v in row) squares += double.CreateTruncating(v) * double.CreateTruncating(v);
            double norm = Math.Max(Math.Sqrt(squares), SmallestNorm);
            foreach (ref var v in row) v = T.CreateTruncating(double.CreateTruncating(v) / norm);
        }
        return new EmbeddingSet<T>(unit, Dimension, Classes);
    }

    /// <summary>The mean of each class in the order of <see cref="DistinctLabels"/>, each with its class's label.</summary>
    public EmbeddingSet<T> ClassMeans()
    {
        var centers = ClassCenters.Compute(this);
        var means = new T[Classes.Count * Dimension];
        for (int i = 0; i < means.Length; i++) means[i] = T.CreateTruncating(centers[i / Dimension][i % Dimension]);
        return new EmbeddingSet<T>(means, Dimension, Classes.Labels);
    }

    private static void CheckRange(ReadOnlySpan<T> values, int dimension)
    {
        var largest = T.CreateTruncating(LargestValue);
        for (int i = 0; i < values.Length; i++)
        {
            // Written so that NaN fails as well; the bound keeps sums of squares finite in float.
            if (!(T.Abs(values[i]) <= largest))
                throw new ArgumentException(
                    $"Row {i / dimension} of the embeddings holds {values[i]}, but values must be finite and within ±{LargestValue}.",
                    nameof(values));
        }
    }

    private static long[] Widen(ReadOnlySpan<int> labels)
    {
        long[] wide = new long[labels.Length];
        for (int i = 0; i < labels.Length; i++) wide[i] = labels[i];
        return wide;
    }
}

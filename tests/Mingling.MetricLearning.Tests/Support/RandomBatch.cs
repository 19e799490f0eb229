using CsCheck;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Support;

/// <summary>A batch of any shape: singletons, one class, all distinct, copies of a row, a single row.</summary>
internal sealed record RandomBatch(double[][] Rows, long[] Labels)
{
    /// <summary>Batches of up to 14 rows; some rows are copies of the first row of their class, at distance 0.</summary>
    public static Gen<RandomBatch> Any { get; } =
        from batch in WithoutCopies
        from copies in Gen.Int[0, 4].Array[batch.Labels.Length]
        select batch with { Rows = WithCopies(batch.Rows, batch.Labels, copies) };

    /// <summary>The same without copies, for what is undecided between equals.</summary>
    public static Gen<RandomBatch> WithoutCopies =>
        from size in Gen.Int[1, 14]
        from classes in Gen.Int[1, size]
        from labels in Gen.Long[0, classes - 1].Array[size]
        from rows in Coordinate.Array[4].Array[size]
        select new RandomBatch(rows, labels);

    // Spread evenly: CsCheck's own doubles like tiny differences, of which a product of rows can know nothing.
    private static Gen<double> Coordinate => Gen.Int[-(1 << 28), 1 << 28].Select(value => value / (double)(1 << 27));

    public Tensor Embeddings(ScalarType dtype = ScalarType.Float64)
    {
        using var exact = tensor(Rows.SelectMany(row => row).ToArray(), [Rows.Length, Rows[0].Length]);
        return exact.to(dtype, copy: true).requires_grad_();
    }

    public Tensor LabelTensor() => tensor(Labels);

    /// <summary>Every anchor, positive and negative.</summary>
    public IEnumerable<(int Anchor, int Positive, int Negative)> Triplets() =>
        from a in Enumerable.Range(0, Labels.Length)
        from p in Enumerable.Range(0, Labels.Length)
        where p != a && Labels[p] == Labels[a]
        from n in Enumerable.Range(0, Labels.Length)
        where Labels[n] != Labels[a]
        select (a, p, n);

    private static double[][] WithCopies(double[][] rows, long[] labels, int[] copies) =>
        [.. rows.Select((row, i) => copies[i] == 0 ? rows[Array.IndexOf(labels, labels[i])] : row)];
}

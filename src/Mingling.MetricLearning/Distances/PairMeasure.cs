using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>
/// What compares two embeddings: a <see cref="Distance"/> or a <see cref="Similarity"/>. They are different types, so that a margin
/// cannot silently mean the opposite. float16 and bfloat16 are compared in float32.
/// </summary>
public abstract class PairMeasure
{
    private protected PairMeasure() { }

    /// <summary>Compares every row of one set with every row of another.</summary>
    /// <param name="first">Floating-point [A, D].</param>
    /// <param name="second">Floating-point [N, D]; the same object as <paramref name="first"/> to compare a set with itself.</param>
    /// <returns>[A, N] with gradient, owned by the caller.</returns>
    public Tensor Between(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var a = PreparedSingle(first);
        var b = ReferenceEquals(first, second) ? a : PreparedSingle(second);
        return Matrix(a, b).MoveToOuterDisposeScope();
    }

    /// <summary>Compares the rows of two sets one by one.</summary>
    /// <param name="first">Floating-point [A, D].</param>
    /// <param name="second">Floating-point [A, D].</param>
    /// <returns>[A] with gradient, owned by the caller.</returns>
    public Tensor Rowwise(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        return Rows(PreparedSingle(first), PreparedSingle(second)).MoveToOuterDisposeScope();
    }

    /// <summary>Compares in blocks of rows, for reference sets whose whole matrix would not fit in memory.</summary>
    /// <param name="first">Floating-point [A, D].</param>
    /// <param name="second">Floating-point [N, D].</param>
    /// <param name="blockRows">The number of rows of <paramref name="first"/> in a block, at least 1.</param>
    /// <param name="use">Receives the index of the block's first row and the block [≤ blockRows, N], disposed after the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blockRows"/> is less than 1.</exception>
    public void InBlocks(Tensor first, Tensor second, int blockRows, Action<long, Tensor> use)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockRows, 1);
        using var outer = NewDisposeScope();
        var a = PreparedSingle(first);
        var b = PreparedSingle(second);
        for (long start = 0; start < a.shape[0]; start += blockRows)
        {
            using var scope = NewDisposeScope();
            long rows = Math.Min(blockRows, a.shape[0] - start);
            use(start, Matrix(a.narrow(0, start, rows), b));
        }
    }

    /// <summary>What is done with each set of rows once, before they are compared.</summary>
    protected virtual Tensor Prepare(Tensor rows) => rows;

    /// <summary>Compares prepared rows, every one with every other: [A, D], [N, D] → [A, N].</summary>
    protected abstract Tensor Matrix(Tensor first, Tensor second);

    /// <summary>Compares prepared rows one by one: [A, D], [A, D] → [A].</summary>
    protected abstract Tensor Rows(Tensor first, Tensor second);

    private Tensor PreparedSingle(Tensor rows) => Prepare(Precision.AtLeastSingle(rows));
}

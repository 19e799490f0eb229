using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>The dot product of two rows as they are; it never normalises.</summary>
public sealed class DotProductSimilarity : Similarity
{
    /// <inheritdoc/>
    protected override Tensor Matrix(Tensor first, Tensor second) => mm(first, second.t());

    /// <inheritdoc/>
    protected override Tensor Rows(Tensor first, Tensor second) => (first * second).sum(new long[] { 1 });
}

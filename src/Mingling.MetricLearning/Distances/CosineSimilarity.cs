using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>The cosine of the angle between two rows: their dot product after L2 normalisation with ε = 1e-12.</summary>
public sealed class CosineSimilarity : Similarity
{
    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor rows) => Normalization.L2(rows);

    /// <inheritdoc/>
    protected override Tensor Matrix(Tensor first, Tensor second) => mm(first, second.t());

    /// <inheritdoc/>
    protected override Tensor Rows(Tensor first, Tensor second) => (first * second).sum(new long[] { 1 });
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>‖a − b‖², of L2-normalised rows (Schroff et al. 2015) or of the rows as they are.</summary>
/// <param name="normalize">Whether rows are divided by max(‖row‖, 1e-12) first; true by default.</param>
public sealed class SquaredEuclideanDistance(bool normalize = true) : Distance
{
    /// <summary>Whether rows are L2-normalised before they are compared.</summary>
    public bool Normalize { get; } = normalize;

    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor rows) => Normalize ? Normalization.L2(rows) : rows;

    /// <inheritdoc/>
    protected override Tensor Matrix(Tensor first, Tensor second) => SquaredNorms.Between(first, second).Squared;

    /// <inheritdoc/>
    protected override Tensor Rows(Tensor first, Tensor second) => (first - second).square().sum(new long[] { 1 });
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>‖a − b‖, of L2-normalised rows or of the rows as they are. The gradient at distance 0 is 0.</summary>
/// <param name="normalize">Whether rows are divided by max(‖row‖, 1e-12) first; true by default.</param>
public sealed class EuclideanDistance(bool normalize = true) : Distance
{
    /// <summary>Whether rows are L2-normalised before they are compared.</summary>
    public bool Normalize { get; } = normalize;

    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor rows) => Normalize ? Normalization.L2(rows) : rows;

    /// <inheritdoc/>
    protected override Tensor Matrix(Tensor first, Tensor second)
    {
        var (squared, equal) = SquaredNorms.Between(first, second, atEqual: 1);
        return squared.sqrt().masked_fill(equal, 0);
    }

    /// <inheritdoc/>
    protected override Tensor Rows(Tensor first, Tensor second)
    {
        var squared = (first - second).square().sum(new long[] { 1 });
        var equal = squared.detach().le(0);
        return squared.masked_fill(equal, 1).sqrt().masked_fill(equal, 0);
    }
}

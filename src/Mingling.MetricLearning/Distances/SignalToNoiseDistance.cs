using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>
/// The inverse signal-to-noise ratio var(a − b) / var(a) of an anchor a (Yuan et al. 2019), with the unbiased variance over the
/// features. It is not symmetric.
/// </summary>
/// <param name="normalize">Whether rows are L2-normalised first; true by default.</param>
public sealed class SignalToNoiseDistance(bool normalize = true) : Distance
{
    private const double LeastVariance = 1e-12;

    /// <summary>Whether rows are L2-normalised before they are compared.</summary>
    public bool Normalize { get; } = normalize;

    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor rows)
    {
        var scaled = Normalize ? Normalization.L2(rows) : rows;
        return scaled - scaled.mean(new long[] { 1 }, keepdim: true); // centred, so that squared norms are variances
    }

    /// <inheritdoc/>
    protected override Tensor Matrix(Tensor first, Tensor second) =>
        SquaredNorms.Between(first, second).Squared / Signal(first).unsqueeze(1);

    /// <inheritdoc/>
    protected override Tensor Rows(Tensor first, Tensor second) =>
        (first - second).square().sum(new long[] { 1 }) / Signal(first);

    // The divisor D − 1 of both variances cancels.
    private static Tensor Signal(Tensor centered) => centered.square().sum(new long[] { 1 }).clamp_min(LeastVariance);
}

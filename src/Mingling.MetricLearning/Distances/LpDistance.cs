using Mingling.MetricLearning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>The p-norm of a − b. For p = 2 the <see cref="EuclideanDistance"/> is the faster choice.</summary>
public sealed class LpDistance : Distance
{
    /// <summary>Chooses the norm.</summary>
    /// <param name="p">The order of the norm, at least 1 (1: sum of absolute differences).</param>
    /// <param name="normalize">Whether rows are L2-normalised first; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is less than 1 or not finite.</exception>
    public LpDistance(double p, bool normalize = true) => (P, Normalize) = (Check.Range(p, 1, double.PositiveInfinity, nameof(p)), normalize);

    /// <summary>The order of the norm.</summary>
    public double P { get; }

    /// <summary>Whether rows are L2-normalised before they are compared.</summary>
    public bool Normalize { get; }

    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor rows) => Normalize ? Normalization.L2(rows) : rows;

    /// <inheritdoc/>
    protected override Tensor Matrix(Tensor first, Tensor second) => cdist(first, second, P, compute_mode.donot_use_mm_for_euclid_dist);

    /// <inheritdoc/>
    protected override Tensor Rows(Tensor first, Tensor second)
    {
        var powers = (first - second).abs().pow(P).sum(new long[] { 1 });
        var equal = powers.detach().le(0);
        return powers.masked_fill(equal, 1).pow(1 / P).masked_fill(equal, 0);
    }
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// A hinge on the area under the ROC curve: the mean over every (target score u, other score v) of [m − (u − v)]+^q. It ranks keywords
/// above everything else, whatever the threshold. In O((P + N) log N), by sorting instead of a P × N matrix.
/// </summary>
public sealed class PairwiseAucHinge : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m, at least 0.</param>
    /// <param name="power">The power q, 1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public PairwiseAucHinge(double margin = 1, int power = 1) : base(nameof(PairwiseAucHinge))
    {
        Margin = Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));
        Power = (int)Check.Range(power, 1, 2, nameof(power));
    }

    /// <summary>The margin m.</summary>
    public double Margin { get; }

    /// <summary>The power q.</summary>
    public int Power { get; }

    /// <summary>The mean over all pairs; 0 where either side is empty.</summary>
    /// <param name="targets">The scores u of the targets, floating-point [P].</param>
    /// <param name="others">The scores v of the others, floating-point [N].</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The shapes or types do not fit.</exception>
    public override Tensor forward(Tensor targets, Tensor others)
    {
        Check.Scores(targets, nameof(targets));
        Check.Scores(others, nameof(others));
        using var scope = NewDisposeScope();
        long pairs = targets.numel() * others.numel();
        if (pairs == 0) return (targets.sum() + others.sum()).MoveToOuterDisposeScope();
        // Prefix sums of squares cancel in single precision.
        var limits = targets.to(ScalarType.Float64) - Margin; // a pair costs v − (u − m) where v > u − m
        var sorted = others.to(ScalarType.Float64).sort(0).Values;
        var below = searchsorted(sorted.detach(), limits.detach(), right: true);
        var count = (others.numel() - below).to(ScalarType.Float64);
        var sum = SumFrom(sorted, below);
        var costs = Power == 1
            ? sum - count * limits
            : SumFrom(sorted.square(), below) - limits * sum * 2 + count * limits.square();
        return (costs.sum() / pairs).clamp_min(0).to(targets.dtype).MoveToOuterDisposeScope();
    }

    // Σ of the sorted values from a place on, for each place.
    private static Tensor SumFrom(Tensor sorted, Tensor place)
    {
        var prefix = cat([zeros(1, sorted.dtype, sorted.device), sorted.cumsum(0)], 0);
        return prefix.narrow(0, -1, 1) - prefix.index_select(0, place);
    }
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>Margin ranking: the mean of [m − t(u − v)]+, where t = 1 wants u above v and t = −1 the opposite.</summary>
public sealed class MarginRankingLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite.</exception>
    public MarginRankingLoss(double margin = 1) : base(nameof(MarginRankingLoss)) =>
        Margin = Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));

    /// <summary>The margin m.</summary>
    public double Margin { get; }

    /// <summary>The mean over the pairs.</summary>
    /// <param name="first">The scores u, floating-point [pairs].</param>
    /// <param name="second">The scores v, floating-point [pairs].</param>
    /// <param name="order">The orders t, 1 or −1, [pairs], of any number type.</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The shapes or types do not fit.</exception>
    public override Tensor forward(Tensor first, Tensor second, Tensor order)
    {
        Check.Scores(first, nameof(first));
        Check.Scores(second, nameof(second));
        Check.SameShape(first, second, nameof(second));
        Check.SameShape(first, order, nameof(order));
        using var scope = NewDisposeScope();
        return (Margin - order.to(first.dtype) * (first - second)).clamp_min(0).mean().MoveToOuterDisposeScope();
    }
}

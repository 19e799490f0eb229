using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// For every anchor-positive pair one negative drawn uniformly among those that violate the margin, d_an &lt; d_ap + m. A pair without such a
/// negative is left out.
/// </summary>
public sealed class RandomViolatingMiner : SelectingMiner
{
    private readonly UniformNumbers _random;

    /// <summary>Makes the miner.</summary>
    /// <param name="margin">The margin m, at least 0; null means that of the loss.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite.</exception>
    public RandomViolatingMiner(double? margin = null, long seed = 0)
    {
        Margin = margin is { } own ? Check.Range(own, 0, double.PositiveInfinity, nameof(margin)) : null;
        _random = new UniformNumbers(seed);
    }

    /// <summary>The miner's own margin; null means that of the loss.</summary>
    public double? Margin { get; }

    /// <summary>The draws of the next batch.</summary>
    internal double[] Draw(int slots) => _random.Next(slots);

    /// <inheritdoc/>
    public override void Restart(long seed) => _random.Restart(seed);

    /// <inheritdoc/>
    protected override TripletSelection Choose(TripletView view)
    {
        var upper = view.SlotCosts() + (Margin ?? view.Margin);
        var (negatives, found) = NegativeSearch.Between(view, full_like(upper, double.NegativeInfinity), upper, _random.Like(upper));
        return new TripletSelection(view.Slots.Index, negatives, view.Slots.Valid.logical_and(found));
    }
}

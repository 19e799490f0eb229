using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// For every anchor-positive pair a semi-hard negative, d_ap &lt; d_an &lt; d_ap + m (Schroff et al. 2015): the nearest, or a random one. A pair
/// without such a negative is left out.
/// </summary>
public sealed class SemiHardMiner : SelectingMiner
{
    private readonly UniformNumbers? _random;

    /// <summary>Makes the miner.</summary>
    /// <param name="margin">The margin m, at least 0; null means that of the loss.</param>
    /// <param name="seed">The seed of the random choice; null means the nearest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite.</exception>
    public SemiHardMiner(double? margin = null, long? seed = null)
    {
        Margin = margin is { } own ? Check.Range(own, 0, double.PositiveInfinity, nameof(margin)) : null;
        _random = seed is { } start ? new UniformNumbers(start) : null;
    }

    /// <summary>The miner's own margin; null means that of the loss.</summary>
    public double? Margin { get; }

    /// <summary>The draws of the next batch; null where the nearest is chosen.</summary>
    internal double[]? Draw(int slots) => _random?.Next(slots);

    /// <inheritdoc/>
    public override void Restart(long seed) => _random?.Restart(seed);

    /// <inheritdoc/>
    protected override TripletSelection Choose(TripletView view)
    {
        var lower = view.SlotCosts();
        var (negatives, found) = NegativeSearch.Between(view, lower, lower + (Margin ?? view.Margin), _random?.Like(lower));
        return new TripletSelection(view.Slots.Index, negatives, view.Slots.Valid.logical_and(found));
    }
}

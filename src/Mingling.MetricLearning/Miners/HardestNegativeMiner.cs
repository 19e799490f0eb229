using Mingling.MetricLearning.Pairs;

namespace Mingling.MetricLearning.Miners;

/// <summary>Every anchor-positive pair with the anchor's nearest negative.</summary>
public sealed class HardestNegativeMiner : SelectingMiner
{
    /// <inheritdoc/>
    protected override TripletSelection Choose(TripletView view)
    {
        var (positives, filled) = view.Slots;
        var nearest = view.NegativeCosts().argmin(1, keepdim: true).expand(positives.shape);
        return new TripletSelection(positives, nearest, filled.logical_and(view.Pairs.Negatives.any(1, keepdim: true)));
    }
}

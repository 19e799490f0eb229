using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>Which positive an anchor is given.</summary>
public enum PositiveChoice
{
    /// <summary>The nearest.</summary>
    Easy,

    /// <summary>The farthest.</summary>
    Hard,
}

/// <summary>Which negative an anchor is given.</summary>
public enum NegativeChoice
{
    /// <summary>The nearest.</summary>
    Hard,

    /// <summary>The nearest of those farther than the positive; an anchor that has none is left out.</summary>
    SemiHard,
}

/// <summary>
/// One triplet for each anchor that has a positive and a negative: by default the farthest positive and the nearest negative (batch-hard,
/// Hermans et al. 2017); with an easy positive that of Xuan et al. 2020.
/// </summary>
/// <param name="positive">Which positive.</param>
/// <param name="negative">Which negative.</param>
public sealed class BatchHardMiner(PositiveChoice positive = PositiveChoice.Hard, NegativeChoice negative = NegativeChoice.Hard) : SelectingMiner
{
    /// <summary>Which positive.</summary>
    public PositiveChoice Positive { get; } = positive;

    /// <summary>Which negative.</summary>
    public NegativeChoice Negative { get; } = negative;

    /// <inheritdoc/>
    protected override TripletSelection Choose(TripletView view)
    {
        var noPositive = view.Pairs.Positives.logical_not();
        var positives = Positive == PositiveChoice.Hard
            ? view.Cost.masked_fill(noPositive, double.NegativeInfinity).argmax(1, keepdim: true)
            : view.Cost.masked_fill(noPositive, double.PositiveInfinity).argmin(1, keepdim: true);
        var both = view.Pairs.HasBoth().unsqueeze(1);
        if (Negative == NegativeChoice.Hard)
            return new TripletSelection(positives, view.NegativeCosts().argmin(1, keepdim: true), both);
        var lower = view.Cost.gather(1, positives);
        var (negatives, found) = NegativeSearch.Between(view, lower, full_like(lower, double.PositiveInfinity));
        return new TripletSelection(positives, negatives, both.logical_and(found));
    }
}

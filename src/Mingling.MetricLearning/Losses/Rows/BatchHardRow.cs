using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Losses;

/// <summary>One triplet of each anchor: its farthest or nearest positive, and its nearest negative or the nearest beyond the positive.</summary>
internal sealed class BatchHardRow(RowCost cost, TripletLoss loss, BatchHardMiner miner) : TripletRow(cost, loss)
{
    protected override (float Value, float Valid, float Active) Run(in Anchor anchor, Span<float> slopes)
    {
        int positive = anchor.Positives[0];
        foreach (int other in anchor.Positives)
            if (miner.Positive == PositiveChoice.Hard ? anchor.Costs[other] > anchor.Costs[positive] : anchor.Costs[other] < anchor.Costs[positive]) positive = other;
        int negative = miner.Negative == NegativeChoice.Hard
            ? NearestNegative.Above(anchor.Others, float.NegativeInfinity, float.PositiveInfinity)
            : NearestNegative.Above(anchor.Others, anchor.Costs[positive], float.PositiveInfinity);
        if (negative < 0) return default;
        var (value, slope) = Term(anchor.Costs[positive] - anchor.Costs[negative] + Margin);
        slopes[positive] += (float)slope;
        slopes[negative] -= (float)slope;
        return ((float)value, 1, value > 0 ? 1 : 0);
    }
}

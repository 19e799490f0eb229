namespace Mingling.MetricLearning.Losses;

/// <summary>One triplet of each positive pair: with the nearest negative, or a drawn one, whose cost lies in an interval by that of the positive.</summary>
/// <param name="cost">What is compared.</param>
/// <param name="loss">The loss.</param>
/// <param name="beyond">Whether the negative lies beyond the positive.</param>
/// <param name="width">How far beyond at most; +∞ for any.</param>
/// <param name="draws">A number in [0, 1) for each slot of each anchor; null for the nearest.</param>
/// <param name="slots">The slots of an anchor.</param>
internal sealed class IntervalRow(RowCost cost, TripletLoss loss, bool beyond, double width, double[]? draws, int slots) : TripletRow(cost, loss)
{
    protected override (float Value, float Valid, float Active) Run(in Anchor anchor, Span<float> slopes)
    {
        double sum = 0;
        int valid = 0, active = 0;
        for (int slot = 0; slot < anchor.Positives.Length; slot++)
        {
            int positive = anchor.Positives[slot];
            float distance = anchor.Costs[positive];
            float lower = beyond ? distance : float.NegativeInfinity, upper = distance + (float)width;
            int negative = draws is null ? NearestNegative.Above(anchor.Others, lower, upper) : NearestNegative.Drawn(anchor.Others, lower, upper, draws[(anchor.Row * slots) + slot]);
            if (negative < 0) continue;
            var (value, slope) = Term(distance - anchor.Costs[negative] + Margin);
            slopes[positive] += (float)slope;
            slopes[negative] -= (float)slope;
            sum += value;
            valid++;
            if (value > 0) active++;
        }
        return ((float)sum, valid, active);
    }
}

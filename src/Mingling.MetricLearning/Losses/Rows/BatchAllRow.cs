using System.Runtime.Intrinsics;

namespace Mingling.MetricLearning.Losses;

/// <summary>Σ [d_ap − d_an + m]+ over all triplets: each positive is compared with the whole row of negatives at once.</summary>
internal sealed class BatchAllRow(RowCost cost, TripletLoss loss) : TripletRow(cost, loss)
{
    protected override (float Value, float Valid, float Active) Run(in Anchor anchor, Span<float> slopes)
    {
        double value = 0, active = 0;
        int at = 0;
        for (; at <= anchor.Positives.Length - 2; at += 2)
        {
            int first = anchor.Positives[at], second = anchor.Positives[at + 1];
            var (firstSum, secondSum, firstCount, secondCount) = Compare(anchor.Others, anchor.Costs[first] + Margin, anchor.Costs[second] + Margin, slopes);
            slopes[first] += firstCount;
            slopes[second] += secondCount;
            value += firstSum + secondSum;
            active += firstCount + secondCount;
        }
        if (at < anchor.Positives.Length)
        {
            int last = anchor.Positives[at];
            // Nothing lies below −∞.
            var (sum, _, count, _) = Compare(anchor.Others, anchor.Costs[last] + Margin, float.NegativeInfinity, slopes);
            slopes[last] += count;
            value += sum;
            active += count;
        }
        return ((float)value, anchor.Triplets, (float)active);
    }

    /// <summary>Sum and number of what negatives lack to two limits; takes 1 from the slope of each that is below one.</summary>
    private static (float, float, float, float) Compare(ReadOnlySpan<float> others, float first, float second, Span<float> slopes)
    {
        Vector256<float> firstLimit = Vector256.Create(first), secondLimit = Vector256.Create(second), one = Vector256.Create(1f);
        Vector256<float> firstSum = default, secondSum = default, firstCount = default, secondCount = default;
        for (int i = 0; i < others.Length; i += Vector256<float>.Count)
        {
            var costs = Vector256.Create(others[i..]);
            Vector256<float> belowFirst = Vector256.LessThan(costs, firstLimit), belowSecond = Vector256.LessThan(costs, secondLimit);
            firstSum += (firstLimit - costs) & belowFirst;
            secondSum += (secondLimit - costs) & belowSecond;
            Vector256<float> ofFirst = one & belowFirst, ofSecond = one & belowSecond;
            firstCount += ofFirst;
            secondCount += ofSecond;
            (Vector256.Create<float>(slopes[i..]) - (ofFirst + ofSecond)).CopyTo(slopes[i..]);
        }
        return (Vector256.Sum(firstSum), Vector256.Sum(secondSum), Vector256.Sum(firstCount), Vector256.Sum(secondCount));
    }
}

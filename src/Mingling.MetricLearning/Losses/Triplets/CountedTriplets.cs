using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The hinge of all triplets in a band of gaps, by counting: see <see cref="TripletCounts"/>.</summary>
internal static class CountedTriplets
{
    /// <summary>The terms of the triplets with lower &lt; d_an − d_ap ≤ upper.</summary>
    public static LossTerms Terms(TripletView view, (double Lower, double Upper) band)
    {
        TripletCounts active;
        Tensor valid;
        using (no_grad())
        {
            // Only gaps below the margin cost.
            active = band.Upper < view.Margin ? TripletCounts.Below(view, band.Upper, inclusive: true) : TripletCounts.Below(view, view.Margin);
            if (double.IsFinite(band.Lower)) active = WithoutBelow(view, active, Math.Min(band.Lower, view.Margin));
            valid = Valid(view, band);
        }
        var sum = (active.Weights * view.DifferentiableCost).sum(new long[] { 1 }) + active.Count * view.Margin;
        return new LossTerms(sum, valid, () => active.Count);
    }

    private static TripletCounts WithoutBelow(TripletView view, TripletCounts counts, double lower) =>
        lower < view.Margin ? counts.Except(TripletCounts.Below(view, lower, inclusive: true)) : counts.Except(counts);

    private static Tensor Valid(TripletView view, (double Lower, double Upper) band)
    {
        var all = double.IsInfinity(band.Upper)
            ? view.TripletCounts().to(view.Cost.dtype)
            : TripletCounts.Below(view, band.Upper, inclusive: true).Count;
        return double.IsInfinity(band.Lower) ? all : all - TripletCounts.Below(view, band.Lower, inclusive: true).Count;
    }
}

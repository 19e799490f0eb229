using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>How hard the triplets of a batch are, by their gap d_an − d_ap and the margin m.</summary>
/// <param name="Triplets">The number of valid triplets.</param>
/// <param name="Hard">Those with gap ≤ 0.</param>
/// <param name="SemiHard">Those with 0 &lt; gap &lt; m.</param>
public sealed record TripletStatistics(long Triplets, long Hard, long SemiHard)
{
    /// <summary>Those with gap ≥ m, which cost nothing.</summary>
    public long Easy => Triplets - Active;

    /// <summary>Those with gap &lt; m, which cost something.</summary>
    public long Active => Hard + SemiHard;

    /// <summary>The share of active triplets, 0 … 1; 0 where there are no triplets.</summary>
    public double ActiveShare => Triplets == 0 ? 0 : (double)Active / Triplets;

    internal static TripletStatistics Count(TripletView view)
    {
        long active = Total(TripletCounts.Below(view, view.Margin).Count);
        long hard = view.Margin > 0 ? Total(TripletCounts.Below(view, 0, inclusive: true).Count) : active;
        return new TripletStatistics(view.TripletCounts().sum().item<long>(), hard, active - hard);
    }

    private static long Total(Tensor counts) => (long)counts.to(ScalarType.Float64).sum().item<double>();
}

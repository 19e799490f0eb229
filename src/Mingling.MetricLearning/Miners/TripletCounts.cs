using Mingling.MetricLearning.Miners.Kernels;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// Counts the triplets whose gap d_an − d_ap lies below a threshold, pair by pair, in O(B² log B) time and O(B²) memory instead of listing
/// O(B³) triplets. Because each such triplet adds d_ap − d_an + m to the hinge, the loss is Σ W·d + m·count with constant weights
/// W_ap = its triplets, W_an = minus its triplets.
/// </summary>
/// <param name="Weights">W, [B, N], of the costs' dtype.</param>
/// <param name="Count">The number of triplets of each anchor, [B], of the costs' dtype.</param>
internal sealed record TripletCounts(Tensor Weights, Tensor Count)
{
    /// <summary>Counts gap &lt; threshold, or ≤ where inclusive.</summary>
    public static TripletCounts Below(TripletView view, double threshold, bool inclusive = false) =>
        RowKernels.CanRead(view.Cost) ? ByComparing(view, threshold, inclusive) : BySorting(view, threshold, inclusive);

    /// <summary>The triplets of this count that are not in another.</summary>
    public TripletCounts Except(TripletCounts other) => new(Weights - other.Weights, Count - other.Count);

    private static TripletCounts ByComparing(TripletView view, double threshold, bool inclusive)
    {
        var weights = zeros_like(view.Cost);
        var counts = zeros(view.Cost.shape[0], view.Cost.dtype);
        if (view.Cost.dtype == ScalarType.Float32) CountKernel.Below(view, (float)threshold, inclusive, weights, counts);
        else CountKernel.Below(view, threshold, inclusive, weights, counts);
        return new TripletCounts(weights, counts);
    }

    /// <summary>The same by torch operations alone, on any device.</summary>
    internal static TripletCounts BySorting(TripletView view, double threshold, bool inclusive)
    {
        var cost = view.Cost;
        var (positives, negatives) = (view.Pairs.Positives, view.Pairs.Negatives);
        var limits = cost + threshold; // a triplet counts where d_an < d_ap + threshold
        var nearer = searchsorted(view.SortedNegatives.Values, limits, right: inclusive && double.IsFinite(threshold)); // negatives below each positive's limit
        var farther = limits.masked_fill(positives.logical_not(), double.NegativeInfinity).sort(1).Values;
        var reached = cost.shape[1] - searchsorted(farther, cost, right: !inclusive); // positives whose limit a negative lies below
        var ofPositive = Masked.Where(nearer, positives);
        var weights = (ofPositive - Masked.Where(reached, negatives)).to(cost.dtype);
        return new TripletCounts(weights, ofPositive.sum(1).to(cost.dtype));
    }
}

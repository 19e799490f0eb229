using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The terms of triplets that a miner named.</summary>
internal static class SelectedTriplets
{
    /// <summary>One term for each valid slot.</summary>
    public static LossTerms Terms(TripletView view, TripletSelection chosen, TripletLoss loss)
    {
        var cost = view.DifferentiableCost;
        var toNegative = cost.gather(1, chosen.Negative); // [B, K]
        if (loss.Swap) toNegative = toNegative.minimum(PositiveToNegative(cost, chosen));
        var excess = cost.gather(1, chosen.Positive) - toNegative + loss.Margin;
        var terms = loss.Form == TripletForm.Hinge ? excess.clamp_min(0) : Masked.Softplus(excess * loss.Sharpness) / loss.Sharpness;
        return LossTerms.PerPair(terms, chosen.Valid);
    }

    private static Tensor PositiveToNegative(Tensor cost, TripletSelection chosen)
    {
        var place = chosen.Positive * cost.shape[1] + chosen.Negative;
        return cost.reshape(-1).index_select(0, place.reshape(-1)).view(place.shape);
    }
}

using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// log(1 + Σ_n exp(z_an − z_ap)) for every positive pair: one log-sum-exp over an anchor's negatives, then element by element over its
/// positives, so that no pairs × negatives matrix is needed.
/// </summary>
internal static class TupletTerms
{
    /// <summary>The terms of the positive pairs of anchors that have negatives.</summary>
    /// <param name="negative">The logits z_an, [B, N]; read at the negatives.</param>
    /// <param name="positive">The logits z_ap of the slots of positives, [B, K].</param>
    /// <param name="pairs">The pairs.</param>
    public static LossTerms Compute(Tensor negative, Tensor positive, PairView pairs)
    {
        var crowd = Masked.LogSumExp(negative, pairs.Negatives).unsqueeze(1); // [B, 1]
        return LossTerms.PerPair(Masked.Softplus(crowd - positive), pairs.SlotsWithNegative());
    }
}

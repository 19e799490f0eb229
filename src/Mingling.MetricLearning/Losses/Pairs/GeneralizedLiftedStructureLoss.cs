using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Generalised lifted structure loss (Hermans et al. 2017, "In defense of the triplet loss", eq. 8): for every anchor
/// [LSE_p(d_ap − m_p) + LSE_n(m − d_an)]+; a side without pairs counts 0.
/// </summary>
public sealed class GeneralizedLiftedStructureLoss : LiftedLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="negativeMargin">The margin m of the negatives.</param>
    /// <param name="positiveMargin">The margin m_p of the positives.</param>
    /// <param name="distance">The distance; null means Euclidean of L2-normalised rows.</param>
    /// <param name="reduction">The reduction over the anchors; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A margin is negative or not finite.</exception>
    public GeneralizedLiftedStructureLoss(
        double negativeMargin = 1, double positiveMargin = 0, Distance? distance = null, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(GeneralizedLiftedStructureLoss), negativeMargin, positiveMargin, distance, reduction, miner)
    {
    }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var distance = Distance.Between(pairs.Rows, pairs.Columns);
        var (slots, filled) = pairs.Slots; // [B, K]
        var positive = Masked.Where(Masked.LogSumExp(distance.gather(1, slots) - PositiveMargin, filled), filled.any(1));
        var negative = Masked.Where(Masked.LogSumExp(NegativeMargin - distance, pairs.Negatives), pairs.Negatives.any(1));
        return Reduce(LossTerms.PerSample((positive + negative).clamp_min(0)), batch);
    }
}

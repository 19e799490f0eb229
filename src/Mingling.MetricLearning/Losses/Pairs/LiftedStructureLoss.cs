using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Lifted structure loss (Song et al. 2016, eq. 4): for every positive pair ½[log(Σ_n e^{m − d_an} + Σ_n e^{m − d_pn}) + d_ap − m_p]+².
/// </summary>
public sealed class LiftedStructureLoss : LiftedLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="negativeMargin">The margin m of the negatives.</param>
    /// <param name="positiveMargin">The margin m_p of the positives.</param>
    /// <param name="distance">The distance; null means Euclidean of L2-normalised rows.</param>
    /// <param name="reduction">The reduction over the positive pairs; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A margin is negative or not finite.</exception>
    public LiftedStructureLoss(
        double negativeMargin = 1, double positiveMargin = 0, Distance? distance = null, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(LiftedStructureLoss), negativeMargin, positiveMargin, distance, reduction, miner)
    {
    }

    private protected override ClassRows? Classes => Distance is EuclideanDistance { Normalize: true } ? new LiftedRows(NegativeMargin, PositiveMargin) : null;

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var distance = Distance.Between(pairs.Rows, pairs.Columns);
        var nearness = NegativeMargin - distance;
        var ofAnchor = Masked.LogSumExp(nearness, pairs.Negatives).unsqueeze(1); // [B, 1]
        var ofColumn = Masked.LogSumExp(nearness, pairs.Negatives, 0); // [N]
        var slots = pairs.Slots.Index; // [B, K]
        var ofPositive = ofColumn.index_select(0, slots.reshape(-1)).view(slots.shape);
        var excess = logaddexp(ofAnchor, ofPositive) + distance.gather(1, slots) - PositiveMargin;
        return Reduce(LossTerms.PerPair(excess.clamp_min(0).square() * 0.5, pairs.SlotsWithNegative()), batch);
    }
}

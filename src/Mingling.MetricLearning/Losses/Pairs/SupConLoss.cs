using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Supervised contrastive loss (Khosla et al. 2020, eq. 2): for every anchor the mean over its positives of
/// LSE over all others (s/T) − s_ap/T.
/// </summary>
public sealed class SupConLoss : PairLoss
{
    private readonly PairMeasure _measure;

    /// <summary>Makes the loss.</summary>
    /// <param name="temperature">The temperature T, greater than 0.</param>
    /// <param name="measure">What compares the rows; null means the cosine. A distance enters negated.</param>
    /// <param name="reduction">The reduction over the anchors; null means the mean of active terms.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not greater than 0.</exception>
    public SupConLoss(double temperature = 0.1, PairMeasure? measure = null, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(SupConLoss), reduction ?? Reduction.MeanActive, miner)
    {
        Temperature = Check.Positive(temperature, nameof(temperature));
        _measure = measure ?? new CosineSimilarity();
    }

    /// <summary>The temperature T.</summary>
    public double Temperature { get; }

    private protected override RowLoss? Rows => _measure is CosineSimilarity ? new SupConRow(Temperature) : null;

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var logits = pairs.Score(_measure, 1 / Temperature);
        var others = Masked.LogSumExp(logits, pairs.Positives.logical_or(pairs.Negatives));
        var (slots, filled) = pairs.Slots; // [B, K]
        var mean = Masked.Sum(logits.gather(1, slots), filled, 1) / filled.sum(1).clamp_min(1).to(logits.dtype);
        return Reduce(LossTerms.PerSample(others - mean, pairs.HasBoth()), batch);
    }
}

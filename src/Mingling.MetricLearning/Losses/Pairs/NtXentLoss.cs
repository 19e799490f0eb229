using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Normalised temperature-scaled cross-entropy (Chen et al. 2020, eq. 1): for every anchor a and positive p,
/// −log(e^{s_ap/T} / (e^{s_ap/T} + Σ_n e^{s_an/T})) = softplus(LSE_n(s_an/T) − s_ap/T).
/// </summary>
public sealed class NtXentLoss : PairLoss
{
    private readonly PairMeasure _measure;

    /// <summary>Makes the loss.</summary>
    /// <param name="temperature">The temperature T, greater than 0.</param>
    /// <param name="measure">What compares the rows; null means the cosine. A distance enters negated.</param>
    /// <param name="reduction">The reduction over the positive pairs; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not greater than 0.</exception>
    public NtXentLoss(double temperature = 0.07, PairMeasure? measure = null, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(NtXentLoss), reduction ?? Reduction.Mean, miner)
    {
        Temperature = Check.Positive(temperature, nameof(temperature));
        _measure = measure ?? new CosineSimilarity();
    }

    /// <summary>The temperature T.</summary>
    public double Temperature { get; }

    private protected override RowLoss? Rows => _measure is CosineSimilarity ? new NtXentRow(Temperature) : null;

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var logits = pairs.Score(_measure, 1 / Temperature);
        return Reduce(TupletTerms.Compute(logits, logits.gather(1, pairs.Slots.Index), pairs), batch);
    }
}

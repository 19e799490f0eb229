using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Multi-similarity loss (Wang et al. 2019, eq. 15): for every anchor
/// (1/α) log(1 + Σ_p e^{−α(s_ap − λ)}) + (1/β) log(1 + Σ_n e^{β(s_an − λ)}).
/// </summary>
public sealed class MultiSimilarityLoss : PairLoss
{
    private readonly Similarity _similarity;

    /// <summary>Makes the loss.</summary>
    /// <param name="alpha">The scale α of the positives, greater than 0.</param>
    /// <param name="beta">The scale β of the negatives, greater than 0.</param>
    /// <param name="threshold">The similarity λ around which both turn.</param>
    /// <param name="similarity">What compares the rows; null means the cosine.</param>
    /// <param name="reduction">The reduction over the anchors; null means the mean.</param>
    /// <param name="miner">Chooses pairs, in the paper a <see cref="MultiSimilarityMiner"/>; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public MultiSimilarityLoss(
        double alpha = 2, double beta = 50, double threshold = 0.5, Similarity? similarity = null, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(MultiSimilarityLoss), reduction ?? Reduction.Mean, miner)
    {
        Alpha = Check.Positive(alpha, nameof(alpha));
        Beta = Check.Positive(beta, nameof(beta));
        Threshold = Check.Range(threshold, double.NegativeInfinity, double.PositiveInfinity, nameof(threshold));
        _similarity = similarity ?? new CosineSimilarity();
    }

    /// <summary>The scale α of the positives.</summary>
    public double Alpha { get; }

    /// <summary>The scale β of the negatives.</summary>
    public double Beta { get; }

    /// <summary>The similarity λ around which both turn.</summary>
    public double Threshold { get; }

    private protected override RowLoss? Rows => _similarity is CosineSimilarity ? new MultiSimilarityRow(Alpha, Beta, Threshold) : null;

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var excess = pairs.Score(_similarity) - Threshold;
        var (slots, filled) = pairs.Slots; // [B, K]
        var positive = Masked.Softplus(Masked.LogSumExp(excess.gather(1, slots) * -Alpha, filled)) / Alpha;
        var negative = Masked.Softplus(Masked.LogSumExp(excess * Beta, pairs.Negatives)) / Beta;
        return Reduce(LossTerms.PerSample(positive + negative), batch);
    }
}

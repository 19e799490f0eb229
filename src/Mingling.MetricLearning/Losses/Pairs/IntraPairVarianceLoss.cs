using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Intra-pair variance loss (Yu et al. 2020): [(1 − ε_p) mean(s_p) − s_p]+² of the positive and [s_n − (1 + ε_n) mean(s_n)]+² of the
/// negative pairs, each reduced by itself. It steadies another pair loss.
/// </summary>
public sealed class IntraPairVarianceLoss : PairLoss
{
    private readonly Similarity _similarity;

    /// <summary>Makes the loss.</summary>
    /// <param name="positiveEpsilon">The tolerance ε_p, 0 … 1.</param>
    /// <param name="negativeEpsilon">The tolerance ε_n, 0 … 1.</param>
    /// <param name="similarity">What compares the rows; null means the cosine.</param>
    /// <param name="reduction">The reduction over the pairs; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is out of range.</exception>
    public IntraPairVarianceLoss(
        double positiveEpsilon = 0.01, double negativeEpsilon = 0.01, Similarity? similarity = null, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(IntraPairVarianceLoss), reduction ?? Reduction.Mean, miner)
    {
        PositiveEpsilon = Check.Range(positiveEpsilon, 0, 1, nameof(positiveEpsilon));
        NegativeEpsilon = Check.Range(negativeEpsilon, 0, 1, nameof(negativeEpsilon));
        _similarity = similarity ?? new CosineSimilarity();
    }

    /// <summary>The tolerance ε_p.</summary>
    public double PositiveEpsilon { get; }

    /// <summary>The tolerance ε_n.</summary>
    public double NegativeEpsilon { get; }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var similarity = pairs.Score(_similarity);
        var positive = (Mean(similarity, pairs.Positives) * (1 - PositiveEpsilon) - similarity).clamp_min(0).square();
        var negative = (similarity - Mean(similarity, pairs.Negatives) * (1 + NegativeEpsilon)).clamp_min(0).square();
        return Reduce(LossTerms.PerPair(positive, pairs.Positives), batch) + Reduce(LossTerms.PerPair(negative, pairs.Negatives), batch);
    }

    private static Tensor Mean(Tensor values, Tensor mask) => Masked.Sum(values, mask) / mask.sum().clamp_min(1).to(values.dtype);
}

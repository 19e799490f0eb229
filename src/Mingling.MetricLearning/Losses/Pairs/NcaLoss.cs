using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Neighbourhood components analysis (Goldberger et al. 2004): −log of the probability that an anchor picks a neighbour of its class,
/// LSE over all others (z) − LSE_p(z), with z = −scale · d².
/// </summary>
public sealed class NcaLoss : PairLoss
{
    private readonly PairMeasure _measure;

    /// <summary>Makes the loss.</summary>
    /// <param name="scale">The scale of the softmax, greater than 0.</param>
    /// <param name="measure">What compares the rows; null means squared Euclidean of L2-normalised rows. A distance enters negated.</param>
    /// <param name="reduction">The reduction over the anchors that have a positive; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not greater than 0.</exception>
    public NcaLoss(double scale = 1, PairMeasure? measure = null, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(NcaLoss), reduction ?? Reduction.Mean, miner)
    {
        Scale = Check.Positive(scale, nameof(scale));
        _measure = measure ?? new SquaredEuclideanDistance();
    }

    /// <summary>The scale of the softmax.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var logits = pairs.Score(_measure, Scale);
        var others = Masked.LogSumExp(logits, pairs.Positives.logical_or(pairs.Negatives));
        var (slots, filled) = pairs.Slots; // [B, K]
        return Reduce(LossTerms.PerSample(others - Masked.LogSumExp(logits.gather(1, slots), filled), filled.any(1)), batch);
    }
}

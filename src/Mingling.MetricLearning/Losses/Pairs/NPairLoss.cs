using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Multi-class N-pair loss (Sohn 2016, eq. 7): log(1 + Σ_n exp(x_a·x_n − x_a·x_p)) of unnormalised rows, plus λ times the mean squared
/// norm. Every positive pair is a tuplet with all negatives of its anchor; the paper's batches of two samples a class are one case.
/// </summary>
public sealed class NPairLoss : PairLoss
{
    private static readonly DotProductSimilarity Similarity = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="normWeight">The weight λ of the mean squared norm, at least 0.</param>
    /// <param name="reduction">The reduction over the positive pairs; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative.</exception>
    public NPairLoss(double normWeight = 0, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(NPairLoss), reduction ?? Reduction.Mean, miner) =>
        NormWeight = Check.Range(normWeight, 0, double.PositiveInfinity, nameof(normWeight));

    /// <summary>The weight λ of the mean squared norm.</summary>
    public double NormWeight { get; }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var logits = Similarity.Between(pairs.Rows, pairs.Columns);
        var loss = Reduce(TupletTerms.Compute(logits, logits.gather(1, pairs.Slots.Index), pairs), batch);
        return NormWeight == 0 ? loss : loss + pairs.Rows.square().sum(new long[] { 1 }).mean() * NormWeight;
    }
}

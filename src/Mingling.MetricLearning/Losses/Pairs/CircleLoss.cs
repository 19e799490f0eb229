using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Circle loss (Sun et al. 2020, eq. 6): for every anchor softplus(LSE_n γ α_n (s_n − m) + LSE_p −γ α_p (s_p − 1 + m)) of cosines, with
/// the constant weights α_n = [s_n + m]+ and α_p = [1 + m − s_p]+.
/// </summary>
public sealed class CircleLoss : PairLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The relaxation m, 0 … 1.</param>
    /// <param name="gamma">The scale γ, greater than 0.</param>
    /// <param name="reduction">The reduction over the anchors; null means the mean of active terms.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CircleLoss(double margin = 0.4, double gamma = 80, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(CircleLoss), reduction ?? Reduction.MeanActive, miner)
    {
        Margin = Check.Range(margin, 0, 1, nameof(margin));
        Gamma = Check.Positive(gamma, nameof(gamma));
    }

    /// <summary>The relaxation m.</summary>
    public double Margin { get; }

    /// <summary>The scale γ.</summary>
    public double Gamma { get; }

    private protected override RowLoss? Rows => new CircleRow(Margin, Gamma);

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var similarity = Cosine.Between(pairs.Rows, pairs.Columns);
        var (slots, filled) = pairs.Slots;
        var ofPositives = similarity.gather(1, slots); // [B, K]
        var negative = (similarity.detach() + Margin).clamp_min(0) * (similarity - Margin) * Gamma;
        var positive = (1 + Margin - ofPositives.detach()).clamp_min(0) * (ofPositives - (1 - Margin)) * -Gamma;
        var terms = Masked.Softplus(Masked.LogSumExp(negative, pairs.Negatives) + Masked.LogSumExp(positive, filled));
        return Reduce(LossTerms.PerSample(terms, pairs.HasBoth()), batch);
    }
}

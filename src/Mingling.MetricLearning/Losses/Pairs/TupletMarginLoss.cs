using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Tuplet margin loss (Yu and Tao 2019, eq. 6): for every positive pair log(1 + Σ_n exp(s(cos θ_an − cos(θ_ap − β)))).
/// </summary>
public sealed class TupletMarginLoss : PairLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The slack β in degrees, 0 … 90.</param>
    /// <param name="scale">The scale s, greater than 0.</param>
    /// <param name="reduction">The reduction over the positive pairs; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TupletMarginLoss(double margin = 5.73, double scale = 64, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(TupletMarginLoss), reduction ?? Reduction.Mean, miner)
    {
        Margin = Check.Range(margin, 0, 90, nameof(margin));
        Scale = Check.Positive(scale, nameof(scale));
    }

    /// <summary>The slack β in degrees.</summary>
    public double Margin { get; }

    /// <summary>The scale s.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var cosine = Cosine.Between(pairs.Rows, pairs.Columns);
        var slack = Angles.CosineOfSum(cosine.gather(1, pairs.Slots.Index), -Margin * Math.PI / 180);
        return Reduce(TupletTerms.Compute(cosine * Scale, slack * Scale, pairs), batch);
    }
}

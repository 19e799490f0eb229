using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// FastAP (Cakir et al. 2019, eq. 8): 1 − average precision of every anchor, estimated from soft histograms of the squared Euclidean
/// distances (0 … 4) of L2-normalised rows: 1 − (1/N_p) Σ_b h⁺_b H⁺_b / H_b.
/// </summary>
public sealed class FastApLoss : PairLoss
{
    private const double GreatestDistance = 4;
    private static readonly SquaredEuclideanDistance Distance = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="bins">The number of intervals of the histogram, at least 1.</param>
    /// <param name="reduction">The reduction over the anchors that have a positive; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is less than 1.</exception>
    public FastApLoss(int bins = 10, Reduction? reduction = null) : base(nameof(FastApLoss), reduction ?? Reduction.Mean) =>
        Bins = Check.AtLeast(bins, 1, nameof(bins));

    /// <summary>The number of intervals of the histogram.</summary>
    public int Bins { get; }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var distance = Distance.Between(pairs.Rows, pairs.Columns);
        double width = GreatestDistance / Bins;
        var positive = SoftHistogram.OfRows(distance, pairs.Positives, width, Bins); // h⁺, [B, bins + 1]
        var negative = SoftHistogram.OfRows(distance, pairs.Negatives, width, Bins);
        var nearer = positive.cumsum(1); // H⁺
        var all = (positive + negative).cumsum(1); // H
        var empty = all.detach().le(0);
        var precision = (positive * nearer / all.masked_fill(empty, 1)).masked_fill(empty, 0);
        var count = pairs.Positives.sum(1).clamp_min(1).to(distance.dtype);
        return Reduce(LossTerms.PerSample(1 - precision.sum(new long[] { 1 }) / count, pairs.Positives.any(1)), batch);
    }
}

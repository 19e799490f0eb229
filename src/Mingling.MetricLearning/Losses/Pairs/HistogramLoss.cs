using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Histogram loss (Ustinova and Lempitsky 2016, eq. 7): the probability that a random negative pair is more similar than a random
/// positive one, from soft histograms of the cosines: Σ_b h⁻_b Σ_{c≤b} h⁺_c. One number for the batch: reductions, class weights and
/// sample weights do not apply.
/// </summary>
public sealed class HistogramLoss : PairLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="bins">The number of intervals between −1 and 1, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is less than 1.</exception>
    public HistogramLoss(int bins = 100) : base(nameof(HistogramLoss), Reduction.Mean) => Bins = Check.AtLeast(bins, 1, nameof(bins));

    /// <summary>The number of intervals between −1 and 1.</summary>
    public int Bins { get; }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var cosine = Cosine.Between(pairs.Rows, pairs.Columns);
        var anchors = pairs.HasBoth();
        var takesPart = anchors.unsqueeze(1);
        if (pairs.IsWithinBatch)
        {
            // Each pair counts once, and only where one of its ends is an anchor of a triplet.
            takesPart = takesPart.logical_or(anchors.unsqueeze(0)).triu(1);
        }
        var positive = Density(cosine, pairs.Positives.logical_and(takesPart));
        var negative = Density(cosine, pairs.Negatives.logical_and(takesPart));
        return (negative * positive.cumsum(0)).sum();
    }

    private Tensor Density(Tensor cosine, Tensor chosen)
    {
        var histogram = SoftHistogram.OfRows((cosine + 1).reshape(1, -1), chosen.reshape(1, -1), 2.0 / Bins, Bins).squeeze(0);
        return histogram / chosen.sum().clamp_min(1).to(cosine.dtype);
    }
}

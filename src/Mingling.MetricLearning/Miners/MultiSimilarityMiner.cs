using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// The pairs of Wang et al. 2019 (eq. 10): positives less similar than the most similar negative plus ε, and negatives more similar than
/// the least similar positive minus ε. A batch without any positive or any negative gives none.
/// </summary>
public sealed class MultiSimilarityMiner : PairMiner
{
    private readonly PairMeasure _measure;

    /// <summary>Makes the miner.</summary>
    /// <param name="epsilon">The slack ε, at least 0.</param>
    /// <param name="measure">What compares the rows; null means the cosine. A distance enters negated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slack is negative.</exception>
    public MultiSimilarityMiner(double epsilon = 0.1, PairMeasure? measure = null)
    {
        Epsilon = Check.Range(epsilon, 0, double.PositiveInfinity, nameof(epsilon));
        _measure = measure ?? new CosineSimilarity();
    }

    /// <summary>The slack ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override (Tensor Positives, Tensor Negatives) Masks(PairView pairs)
    {
        var score = pairs.Score(_measure);
        var nearestNegative = score.masked_fill(pairs.Negatives.logical_not(), double.NegativeInfinity).amax(new long[] { 1 }, keepdim: true);
        var farthestPositive = score.masked_fill(pairs.Positives.logical_not(), double.PositiveInfinity).amin(new long[] { 1 }, keepdim: true);
        return (pairs.Positives.logical_and((score - Epsilon).lt(nearestNegative)), pairs.Negatives.logical_and((score + Epsilon).gt(farthestPositive)));
    }
}

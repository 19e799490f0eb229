using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// Positives farther than one margin and negatives nearer than another: d_ap &gt; m_p and d_an &lt; m_n; of similarities s_ap &lt; m_p and s_an &gt; m_n.
/// </summary>
public sealed class PairMarginMiner : PairMiner
{
    private readonly PairMeasure _measure;

    /// <summary>Makes the miner.</summary>
    /// <param name="positiveMargin">The margin m_p, finite.</param>
    /// <param name="negativeMargin">The margin m_n, finite.</param>
    /// <param name="measure">What compares the rows; null means Euclidean distance of L2-normalised rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A margin is not finite.</exception>
    public PairMarginMiner(double positiveMargin = 0.2, double negativeMargin = 0.8, PairMeasure? measure = null)
    {
        PositiveMargin = Check.Range(positiveMargin, double.NegativeInfinity, double.PositiveInfinity, nameof(positiveMargin));
        NegativeMargin = Check.Range(negativeMargin, double.NegativeInfinity, double.PositiveInfinity, nameof(negativeMargin));
        _measure = measure ?? new EuclideanDistance();
    }

    /// <summary>The margin m_p.</summary>
    public double PositiveMargin { get; }

    /// <summary>The margin m_n.</summary>
    public double NegativeMargin { get; }

    /// <inheritdoc/>
    protected override (Tensor Positives, Tensor Negatives) Masks(PairView pairs)
    {
        var values = _measure.Between(pairs.Rows, pairs.Columns);
        var (far, near) = _measure is Similarity
            ? (values.lt(PositiveMargin), values.gt(NegativeMargin))
            : (values.gt(PositiveMargin), values.lt(NegativeMargin));
        return (pairs.Positives.logical_and(far), pairs.Negatives.logical_and(near));
    }
}

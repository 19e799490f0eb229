using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Tensors;

namespace Mingling.MetricLearning.Losses;

/// <summary>A loss that lifts the pairs of a batch into log-sum-exps of m − d_an, with a margin for either side.</summary>
public abstract class LiftedLoss : PairLoss
{
    private protected LiftedLoss(
        string name, double negativeMargin, double positiveMargin, Distance? distance, Reduction? reduction, PairMiner? miner)
        : base(name, reduction ?? Reduction.Mean, miner)
    {
        NegativeMargin = Check.Range(negativeMargin, 0, double.PositiveInfinity, nameof(negativeMargin));
        PositiveMargin = Check.Range(positiveMargin, 0, double.PositiveInfinity, nameof(positiveMargin));
        Distance = distance ?? new EuclideanDistance();
    }

    /// <summary>The margin m of the negatives.</summary>
    public double NegativeMargin { get; }

    /// <summary>The margin m_p of the positives.</summary>
    public double PositiveMargin { get; }

    private protected Distance Distance { get; }
}

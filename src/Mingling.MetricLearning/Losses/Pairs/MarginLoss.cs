using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Margin loss (Wu et al. 2017, eq. 7): [d_ap − β + m]+ of the positive and [β − d_an + m]+ of the negative side of every triplet, divided
/// by the number of sides that cost. A pair counts once for each triplet it takes part in.
/// </summary>
public sealed class MarginLoss : PairLoss
{
    [TorchSharp.Utils.ComponentName(Name = "beta")]
    private readonly Tensor _beta;

    private readonly Distance _distance;

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m, at least 0.</param>
    /// <param name="beta">The boundary β, at least 0; its start where it is learned.</param>
    /// <param name="regularization">The weight ν of β in the loss, at least 0.</param>
    /// <param name="classes">The number of classes that have their own β; null means one β for all.</param>
    /// <param name="learnBeta">Whether β is a parameter.</param>
    /// <param name="distance">The distance; null means Euclidean of L2-normalised rows.</param>
    /// <param name="reduction">The reduction over the sides of the triplets; null means the mean of active terms (the paper's).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public MarginLoss(
        double margin = 0.2,
        double beta = 1.2,
        double regularization = 0,
        int? classes = null,
        bool learnBeta = false,
        Distance? distance = null,
        Reduction? reduction = null)
        : base(nameof(MarginLoss), reduction ?? Reduction.MeanActive)
    {
        Margin = Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));
        Regularization = Check.Range(regularization, 0, double.PositiveInfinity, nameof(regularization));
        Check.Range(beta, 0, double.PositiveInfinity, nameof(beta));
        PerClass = classes is not null;
        var start = full(Check.AtLeast(classes ?? 1, 1, nameof(classes)), beta, ScalarType.Float64);
        _beta = learnBeta ? new Parameter(start) : start;
        _distance = distance ?? new EuclideanDistance();
        RegisterComponents();
    }

    /// <summary>The margin m.</summary>
    public double Margin { get; }

    /// <summary>The weight ν of β.</summary>
    public double Regularization { get; }

    /// <summary>Whether every class has its own β.</summary>
    public bool PerClass { get; }

    /// <summary>The boundaries β, float64 [1] or [C]. Owned by the module.</summary>
    public Tensor Beta => _beta;

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var distance = _distance.Between(pairs.Rows, pairs.Columns);
        if (PerClass) Check.LabelsBelow(pairs.RowLabels, _beta.shape[0]);
        var beta = _beta.to(distance.dtype);
        var ofRow = PerClass ? beta.index_select(0, pairs.RowLabels) : beta; // [B] or [1]
        var positive = LossTerms.PerPair((distance - ofRow.unsqueeze(1) + Margin).clamp_min(0), pairs.Positives);
        var negative = LossTerms.PerPair((ofRow.unsqueeze(1) - distance + Margin).clamp_min(0), pairs.Negatives);
        var (positives, negatives) = (positive.Valid, negative.Valid); // n_p and n_n of every anchor
        var triplets = positives * negatives;
        var sides = new LossTerms(
            positive.Sum * negatives + negative.Sum * positives,
            triplets,
            () => positive.Active() * negatives + negative.Active() * positives);
        var loss = Reduce(sides, batch);
        return Regularization == 0 ? loss : loss + RegularizationOf(beta, ofRow, triplets, sides);
    }

    // One β: ν·β. One for each class: ν·β of every triplet's anchor, divided like the loss.
    private Tensor RegularizationOf(Tensor beta, Tensor ofRow, Tensor triplets, LossTerms sides)
    {
        var any = triplets.sum().gt(0).to(beta.dtype);
        if (!PerClass) return beta.sum() * any * Regularization;
        return (ofRow * triplets).sum() / sides.Active().sum().clamp_min(1) * Regularization;
    }
}

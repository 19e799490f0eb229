using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The two common forms of the contrastive loss.</summary>
public enum ContrastiveForm
{
    /// <summary>½[d − m_p]+² of a positive and ½[m_n − d]+² of a negative pair, reduced together (the paper's, with m_p = 0).</summary>
    Squared,

    /// <summary>[d − m_p]+ of the positive and [m_n − d]+ of the negative pairs, each reduced by itself, then summed.</summary>
    Linear,
}

/// <summary>
/// Contrastive loss (Hadsell et al. 2006, eq. 4): pulls pairs of a class together and pushes others beyond a margin.
/// With a <see cref="SignalToNoiseDistance"/> it is the SNR contrastive loss (Yuan et al. 2019); with softmax it is joint
/// identification and verification (Sun et al. 2014).
/// </summary>
public sealed class ContrastiveLoss : PairLoss
{
    private readonly PairMeasure _measure;

    /// <summary>A contrastive loss of distances.</summary>
    /// <param name="distance">The distance; null means Euclidean of L2-normalised rows.</param>
    /// <param name="positiveMargin">The distance m_p up to which a positive pair costs nothing, at least 0.</param>
    /// <param name="negativeMargin">The distance m_n from which on a negative pair costs nothing, at least 0.</param>
    /// <param name="form">Squared (the paper's) or linear.</param>
    /// <param name="reduction">Null means the mean for the squared and the mean of active terms for the linear form.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A margin is negative or not finite.</exception>
    public ContrastiveLoss(
        Distance? distance = null,
        double positiveMargin = 0,
        double negativeMargin = 1,
        ContrastiveForm form = ContrastiveForm.Squared,
        Reduction? reduction = null,
        PairMiner? miner = null)
        : this(distance ?? new EuclideanDistance(), 0, positiveMargin, negativeMargin, form, reduction, miner)
    {
    }

    /// <summary>A contrastive loss of similarities: [m_p − s]+ of the positive, [s − m_n]+ of the negative pairs.</summary>
    /// <param name="similarity">The similarity.</param>
    /// <param name="positiveMargin">The similarity m_p from which on a positive pair costs nothing.</param>
    /// <param name="negativeMargin">The similarity m_n up to which a negative pair costs nothing.</param>
    /// <param name="form">Squared or linear.</param>
    /// <param name="reduction">Null means the mean for the squared and the mean of active terms for the linear form.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A margin is not finite.</exception>
    public ContrastiveLoss(
        Similarity similarity,
        double positiveMargin = 1,
        double negativeMargin = 0,
        ContrastiveForm form = ContrastiveForm.Linear,
        Reduction? reduction = null,
        PairMiner? miner = null)
        : this(similarity, double.NegativeInfinity, positiveMargin, negativeMargin, form, reduction, miner)
    {
    }

    private ContrastiveLoss(
        PairMeasure measure, double least, double positiveMargin, double negativeMargin, ContrastiveForm form, Reduction? reduction, PairMiner? miner)
        : base(nameof(ContrastiveLoss), reduction ?? (form == ContrastiveForm.Squared ? Reduction.Mean : Reduction.MeanActive), miner)
    {
        ArgumentNullException.ThrowIfNull(measure);
        PositiveMargin = Check.Range(positiveMargin, least, double.PositiveInfinity, nameof(positiveMargin));
        NegativeMargin = Check.Range(negativeMargin, least, double.PositiveInfinity, nameof(negativeMargin));
        Form = form;
        _measure = measure;
    }

    /// <summary>Where a positive pair begins to cost.</summary>
    public double PositiveMargin { get; }

    /// <summary>Where a negative pair ceases to cost.</summary>
    public double NegativeMargin { get; }

    /// <summary>Squared or linear.</summary>
    public ContrastiveForm Form { get; }

    /// <summary>The loss of explicit pairs.</summary>
    /// <param name="first">Floating-point [pairs, D].</param>
    /// <param name="second">Floating-point [pairs, D].</param>
    /// <param name="same">Whether each pair is of one class, bool [pairs].</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The shapes or types do not fit.</exception>
    public Tensor OfPairs(Tensor first, Tensor second, Tensor same)
    {
        Check.Pairs(first, second, same);
        using var scope = NewDisposeScope();
        var batch = LossBatch.AtLeastSingle(first, same.to(ScalarType.Int64));
        var values = _measure.Rowwise(first, second).unsqueeze(1);
        return Combine(batch, values, same.unsqueeze(1), same.logical_not().unsqueeze(1)).MoveToOuterDisposeScope();
    }

    private protected override RowLoss? Rows =>
        Form == ContrastiveForm.Squared && _measure is EuclideanDistance { Normalize: true } ? new ContrastiveRow(PositiveMargin, NegativeMargin) : null;

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs) =>
        Combine(batch, _measure.Between(pairs.Rows, pairs.Columns), pairs.Positives, pairs.Negatives);

    private Tensor Combine(LossBatch batch, Tensor values, Tensor positives, Tensor negatives)
    {
        using var far = _measure is Similarity ? PositiveMargin - values : values - PositiveMargin;
        using var near = _measure is Similarity ? values - NegativeMargin : NegativeMargin - values;
        if (Form == ContrastiveForm.Linear)
            return Reduce(LossTerms.PerPair(far.clamp_min(0), positives), batch) + Reduce(LossTerms.PerPair(near.clamp_min(0), negatives), batch);
        var squares = where(positives, far, near).clamp_min(0).square();
        return Reduce(LossTerms.PerPair(squares, positives.logical_or(negatives)), batch) * 0.5;
    }
}

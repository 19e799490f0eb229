using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Ranked list loss (Wang et al. 2019, eq. 8): for every anchor the weighted mean of d_ap − (α − m) over positives farther than α − m,
/// and of α − d_an over negatives nearer than α, with weights e^{T_p (d_ap − (α − m))} and e^{T_n (α − d_an)}.
/// </summary>
public sealed class RankedListLoss : PairLoss
{
    // Keeps the weighted mean finite where no pair costs; the reference values have it in every weight of a row.
    private const double WeightAdded = 1e-5;

    private readonly Distance _distance;

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m between the positive and the negative boundary, at least 0.</param>
    /// <param name="negativeTemperature">T_n, at least 0.</param>
    /// <param name="imbalance">The share λ of the negative part, 0 … 1.</param>
    /// <param name="boundary">The boundary α of the negatives; null means 1 + m/2.</param>
    /// <param name="positiveTemperature">T_p, at least 0.</param>
    /// <param name="distance">The distance; null means Euclidean of L2-normalised rows.</param>
    /// <param name="reduction">The reduction over the anchors; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RankedListLoss(
        double margin = 0.4,
        double negativeTemperature = 10,
        double imbalance = 0.5,
        double? boundary = null,
        double positiveTemperature = 0,
        Distance? distance = null,
        Reduction? reduction = null)
        : base(nameof(RankedListLoss), reduction ?? Reduction.Mean)
    {
        Margin = Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));
        NegativeTemperature = Check.Range(negativeTemperature, 0, double.PositiveInfinity, nameof(negativeTemperature));
        PositiveTemperature = Check.Range(positiveTemperature, 0, double.PositiveInfinity, nameof(positiveTemperature));
        Imbalance = Check.Range(imbalance, 0, 1, nameof(imbalance));
        Boundary = Check.Positive(boundary ?? 1 + margin / 2, nameof(boundary));
        _distance = distance ?? new EuclideanDistance();
    }

    /// <summary>The margin m.</summary>
    public double Margin { get; }

    /// <summary>The temperature T_n of the negatives.</summary>
    public double NegativeTemperature { get; }

    /// <summary>The temperature T_p of the positives.</summary>
    public double PositiveTemperature { get; }

    /// <summary>The share λ of the negative part.</summary>
    public double Imbalance { get; }

    /// <summary>The boundary α of the negatives.</summary>
    public double Boundary { get; }

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        var distance = _distance.Between(pairs.Rows, pairs.Columns);
        var positive = WeightedMean(distance - (Boundary - Margin), pairs.Positives, PositiveTemperature);
        // A duplicate of another class, at distance 0, has no direction to be pushed in and stays out, as in the reference.
        var negative = WeightedMean(Boundary - distance, pairs.Negatives.logical_and(distance.detach().gt(0)), NegativeTemperature);
        return Reduce(LossTerms.PerSample(positive * (1 - Imbalance) + negative * Imbalance), batch);
    }

    // Σ e^{T z} z / Σ e^{T z} over the chosen z > 0; 0 where there is none. [B, N] → [B]
    private static Tensor WeightedMean(Tensor excess, Tensor chosen, double temperature)
    {
        var violating = chosen.logical_and(excess.detach().gt(0));
        var weights = Masked.Where((Masked.Where(excess, violating) * temperature).exp(), violating);
        return (weights * excess).sum(new long[] { 1 }) / (weights.sum(new long[] { 1 }) + WeightAdded * excess.shape[1]);
    }
}

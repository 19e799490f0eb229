using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Triplet loss (Schroff et al. 2015, eq. 3): [d(a, p) − d(a, n) + m]+, by default of squared Euclidean distances between L2-normalised rows.
/// A miner chooses the triplets; without one all count (batch-all), exactly and without listing them.
/// </summary>
public sealed class TripletLoss : EmbeddingLoss, IMarginLoss
{
    internal const double DefaultMargin = 0.2;

    private double _margin;

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m, at least 0.</param>
    /// <param name="measure">A distance, or a similarity s, which enters as −s; null means squared Euclidean of L2-normalised rows.</param>
    /// <param name="miner">Chooses the triplets; null means all.</param>
    /// <param name="form">Hinge or soft margin.</param>
    /// <param name="swap">Whether d(p, n) takes the place of d(a, n) where it is smaller (Balntas et al. 2016).</param>
    /// <param name="reduction">
    /// The reduction over the triplets; null means the mean of active terms where all triplets count, else the mean of the chosen ones.
    /// </param>
    /// <param name="sharpness">
    /// β of the soft margin, greater than 0: the greater, the nearer it comes to the hinge. Distances of unit vectors span only 0 … 4, where
    /// β = 10 tells triplets apart. No effect on the hinge.
    /// </param>
    /// <exception cref="ArgumentException">A swap is combined with <see cref="Reduction.None"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite, or the sharpness not positive.</exception>
    public TripletLoss(
        double margin = DefaultMargin,
        PairMeasure? measure = null,
        TripletMiner? miner = null,
        TripletForm form = TripletForm.Hinge,
        bool swap = false,
        Reduction? reduction = null,
        double sharpness = 1)
        : base(nameof(TripletLoss), reduction ?? (miner is null or AllTripletsMiner ? Reduction.MeanActive : Reduction.Mean))
    {
        Margin = margin;
        (Form, Swap) = (form, swap);
        Sharpness = Check.Positive(sharpness, nameof(sharpness));
        if (swap && Reduction.Kind == ReductionKind.None)
            throw new ArgumentException("A reduction to samples does not go with swap: the gradient of d(p, n) is summed over all anchors.", nameof(swap));
        Measure = measure ?? new SquaredEuclideanDistance();
        Miner = miner ?? new AllTripletsMiner();
    }

    /// <summary>The margin m, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite.</exception>
    public double Margin
    {
        get => _margin;
        set => _margin = Check.Range(value, 0, double.PositiveInfinity, "margin");
    }

    /// <summary>What compares the rows.</summary>
    public PairMeasure Measure { get; }

    /// <summary>Chooses the triplets.</summary>
    public TripletMiner Miner { get; }

    /// <summary>Hinge or soft margin.</summary>
    public TripletForm Form { get; }

    /// <summary>β of the soft margin.</summary>
    public double Sharpness { get; }

    /// <summary>Whether the distance between positive and negative takes part.</summary>
    public bool Swap { get; }

    /// <summary>Triplets looked up beforehand for the <see cref="PreparedTripletMiner"/>, else classes with several samples.</summary>
    public override BatchRequirement Batches => Miner is PreparedTripletMiner ? BatchRequirement.Triplets(Measure) : BatchRequirement.Classes;

    /// <inheritdoc/>
    public override TripletCriterion Triplets => new(Measure, Margin, Form == TripletForm.Hinge);

    /// <summary>Begins the draws of the miner anew from another seed.</summary>
    /// <inheritdoc/>
    public override void Restart(long seed) => Miner.Restart(seed);

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        if (!Swap && RowPass.Suits(batch, Reduction) && TripletRows.Of(this, batch) is { } rows) return RowPass.Compute(batch, rows, terms => Reduce(terms, batch));
        var view = new TripletView(PairView.Within(batch.Embeddings, batch.Labels), Measure, Margin);
        return Reduction.Apply(Terms(view, Reduction.Weights(view.Cost, batch.Labels, batch.SampleWeights)));
    }

    private LossTerms Terms(TripletView view, Tensor? weights) => Miner switch
    {
        SelectingMiner miner => SelectedTriplets.Terms(view, miner.Select(view), this).Weighted(weights),
        FilteringMiner miner when Form == TripletForm.Hinge && !Swap && miner.Band(Margin) is { } band => CountedTriplets.Terms(view, band).Weighted(weights),
        FilteringMiner miner => BlockedTriplets.Terms(view, miner, this, weights),
        _ => throw new NotSupportedException($"{Miner.GetType().Name} neither selects nor filters triplets."),
    };
}

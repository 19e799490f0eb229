using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Triplet loss (Schroff et al. 2015, eq. 3): [d(a, p) − d(a, n) + m]+, by default of squared Euclidean distances between L2-normalised rows.
/// A miner chooses the triplets; without one all count (batch-all), exactly and without listing them.
/// </summary>
public sealed class TripletLoss : EmbeddingLoss
{
    private readonly PairMeasure _measure;
    private readonly TripletMiner _miner;

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m, at least 0.</param>
    /// <param name="measure">A distance, or a similarity s, which enters as −s; null means squared Euclidean of L2-normalised rows.</param>
    /// <param name="miner">Chooses the triplets; null means all.</param>
    /// <param name="form">Hinge or soft margin.</param>
    /// <param name="swap">Whether d(p, n) takes the place of d(a, n) where it is smaller (Balntas et al. 2016); excludes weights.</param>
    /// <param name="reduction">
    /// The reduction over the triplets; null means the mean of active terms where all triplets count, else the mean of the chosen ones.
    /// </param>
    /// <exception cref="ArgumentException">A swap is combined with class weights or <see cref="Reduction.None"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite.</exception>
    public TripletLoss(
        double margin = 0.2,
        PairMeasure? measure = null,
        TripletMiner? miner = null,
        TripletForm form = TripletForm.Hinge,
        bool swap = false,
        Reduction? reduction = null)
        : base(nameof(TripletLoss), reduction ?? (miner is null or AllTripletsMiner ? Reduction.MeanActive : Reduction.Mean))
    {
        Margin = Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));
        (Form, Swap) = (form, swap);
        if (swap && (Reduction.ClassWeights is not null || Reduction.Kind == ReductionKind.None))
            throw new ArgumentException("A swapped triplet has no single owner: neither class weights nor a reduction to samples goes with swap.", nameof(swap));
        _measure = measure ?? new SquaredEuclideanDistance();
        _miner = miner ?? new AllTripletsMiner();
    }

    /// <summary>The margin m.</summary>
    public double Margin { get; }

    /// <summary>Hinge or soft margin.</summary>
    public TripletForm Form { get; }

    /// <summary>Whether the distance between positive and negative takes part.</summary>
    public bool Swap { get; }

    /// <summary>Counts the easy, semi-hard and hard triplets of a batch; nothing of it is computed in a training step.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public TripletStatistics Statistics(Tensor embeddings, Tensor labels)
    {
        Check.Batch(embeddings, labels);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return TripletStatistics.Of(new TripletView(PairView.Within(embeddings, labels), _measure, Margin));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        if (Swap && batch.SampleWeights is not null)
            throw new ArgumentException("A swapped triplet has no single owner: sample weights do not go with swap.", nameof(batch));
        var view = new TripletView(PairView.Within(batch.Embeddings, batch.Labels), _measure, Margin);
        return Reduce(Terms(view), batch);
    }

    private LossTerms Terms(TripletView view) => _miner switch
    {
        SelectingMiner miner => SelectedTriplets.Terms(view, miner.Select(view), this),
        FilteringMiner miner when Form == TripletForm.Hinge && !Swap && miner.Band(Margin) is { } band => CountedTriplets.Terms(view, band),
        FilteringMiner miner => BlockedTriplets.Terms(view, miner, this),
        _ => throw new NotSupportedException($"{_miner.GetType().Name} neither selects nor filters triplets."),
    };
}

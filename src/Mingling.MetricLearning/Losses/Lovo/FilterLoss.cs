using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// A loss of the pooled output of a dynamic filter in place of the embeddings, as in LOVO (Kim et al. 2022): a triplet hinge, or the inner-class distance.
/// Of a batch without such an output it is 0.
/// </summary>
public sealed class FilterLoss : EmbeddingLoss
{
    [TorchSharp.Utils.ComponentName(Name = "loss")]
    private readonly EmbeddingLoss _loss;

    /// <summary>Makes the loss.</summary>
    /// <param name="loss">The loss of the pooled output. This loss takes it over: it is a child module and is disposed with it.</param>
    public FilterLoss(EmbeddingLoss loss) : base(nameof(FilterLoss), (loss ?? throw new ArgumentNullException(nameof(loss))).Reduction)
    {
        _loss = loss;
        RegisterComponents();
    }

    /// <summary>The loss of the pooled output.</summary>
    public EmbeddingLoss Inner => _loss;

    /// <inheritdoc/>
    public override BatchRequirement Batches => BatchRequirement.Classes;

    /// <inheritdoc/>
    public override bool ReadsFilter => true;

    /// <inheritdoc/>
    public override void Restart(long seed) => _loss.Restart(seed);

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch) => batch.Filter is { } filter
        ? _loss.ComputeChecked(LossBatch.AtLeastSingle(filter.Pooled, batch.Labels, batch.SampleWeights))
        : Reduce(LossTerms.PerSample(batch.Embeddings.sum(new long[] { 1 }) * 0), batch);
}

using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Inner-class distance: the mean over the batch of ‖x_i − m_{y_i}‖², with m_j the mean of class j in the batch. It has no parameters and
/// no memory; a term of LOVO (Kim et al. 2022, "Discriminatory and orthogonal feature learning for noise robust keyword spotting").
/// </summary>
public sealed class InnerClassLoss : EmbeddingLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    public InnerClassLoss(Reduction? reduction = null) : base(nameof(InnerClassLoss), reduction ?? Reduction.Mean)
    {
    }

    /// <inheritdoc/>
    public override BatchRequirement Batches => BatchRequirement.Classes;

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        var same = batch.Labels.unsqueeze(1).eq(batch.Labels.unsqueeze(0)).to(batch.Embeddings.dtype);
        var means = mm(same, batch.Embeddings) / same.sum(new long[] { 1 }, keepdim: true);
        return Reduce(LossTerms.PerSample((batch.Embeddings - means).square().sum(new long[] { 1 })), batch);
    }
}

using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// A loss of pairs within a batch, or between a batch and a reference set. A <see cref="PairMiner"/> may choose the pairs.
/// </summary>
public abstract class PairLoss : EmbeddingLoss
{
    private readonly PairMiner? _miner;

    /// <summary>Names the loss.</summary>
    /// <param name="name">The name of the module.</param>
    /// <param name="reduction">The reduction of the terms.</param>
    /// <param name="miner">Chooses the pairs that count; null means all.</param>
    protected PairLoss(string name, Reduction reduction, PairMiner? miner = null) : base(name, reduction) => _miner = miner;

    /// <summary>Batches in which some classes have several samples.</summary>
    public override BatchRequirement Batches => BatchRequirement.Classes;

    /// <summary>Begins the draws of the miner anew from another seed.</summary>
    /// <inheritdoc/>
    public override void Restart(long seed) => _miner?.Restart(seed);

    /// <summary>The loss of a batch against a reference set that does not hold the batch.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <param name="reference">Floating-point [N, D].</param>
    /// <param name="referenceLabels">The class of each reference row, int64 [N].</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">A tensor does not fit; the message says why.</exception>
    public Tensor forward(Tensor embeddings, Tensor labels, Tensor reference, Tensor referenceLabels)
    {
        Check.Batch(embeddings, labels);
        Check.Batch(reference, referenceLabels);
        Check.Dimension(reference, embeddings.shape[1]);
        using var scope = NewDisposeScope();
        var batch = LossBatch.AtLeastSingle(embeddings, labels);
        var columns = Precision.AtLeastSingle(reference);
        return Compute(batch, PairView.Against(batch.Embeddings, labels, columns, referenceLabels)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected sealed override Tensor Compute(LossBatch batch)
    {
        if (_miner is null && Rows is { } rows && RowPass.Suits(batch, Reduction)) return RowPass.Compute(batch, rows, terms => Reduce(terms, batch));
        if (_miner is null && Classes is { } classes && ClassRows.Suits(batch, Reduction)) return ClassRows.Compute(batch, classes, terms => Reduce(terms, batch));
        return Compute(batch, PairView.Within(batch.Embeddings, batch.Labels));
    }

    /// <summary>
    /// The same loss in one pass over the similarities of each row, for all pairs within a batch of float32 on the CPU; null (default) where it is
    /// not one of cosines, or of Euclidean distances of unit rows. What it gives differs by rounding alone.
    /// </summary>
    private protected virtual RowLoss? Rows => null;

    /// <summary>The same for a loss whose terms join the rows of an anchor and of its positive; null (default) for others.</summary>
    private protected virtual ClassRows? Classes => null;

    /// <summary>Computes the loss of the pairs in a view, after mining.</summary>
    internal Tensor Compute(LossBatch batch, PairView pairs) => ComputePairs(batch, _miner is null ? pairs : _miner.Choose(pairs));

    /// <summary>Computes the loss of the pairs in a view, inside a dispose scope.</summary>
    /// <param name="batch">The batch, which owns the terms.</param>
    /// <param name="pairs">The pairs.</param>
    protected abstract Tensor ComputePairs(LossBatch batch, PairView pairs);
}

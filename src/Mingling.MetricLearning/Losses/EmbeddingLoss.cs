using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// A loss of embeddings and their classes. Every loss of this library is one; a user's own loss derives from it and implements
/// <see cref="Compute"/>.
/// </summary>
/// <remarks>
/// Degenerate batches (one sample, one class, all classes distinct, duplicates) give the well-defined part of the loss, 0 where there is
/// none, with finite gradients. float16 and bfloat16 embeddings are computed with in float32; parameters and buffers stay what they are,
/// float32 as they come. Nothing but the result survives a call: temporaries are disposed with the scope of the call.
/// </remarks>
public abstract class EmbeddingLoss : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>Names the loss and says how its terms are reduced.</summary>
    /// <param name="name">The name of the module.</param>
    /// <param name="reduction">The reduction of the terms.</param>
    protected EmbeddingLoss(string name, Reduction reduction) : base(name) => Reduction = reduction;

    /// <summary>How the terms of the loss become one number.</summary>
    public Reduction Reduction { get; }

    /// <summary>What the loss requires of the batches. Default: nothing, <see cref="BatchRequirement.Any"/>.</summary>
    public virtual BatchRequirement Batches => BatchRequirement.Any;

    /// <summary>
    /// Whether the loss can judge a sample mixed of two classes (mixup) by computing it once for either label: true of losses that judge each
    /// sample by itself, such as classifiers. Default: false.
    /// </summary>
    public virtual bool AcceptsMixtures => false;

    /// <summary>
    /// Whether the loss looks at <see cref="LossBatch.Filter"/>, and so needs an encoder with a dynamic filter. Default: false.
    /// </summary>
    public virtual bool ReadsFilter => false;

    /// <summary>The least number of features that an embedding must have. Default: 1.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    public virtual int LeastDimension(int classes) => 1;

    /// <summary>
    /// The vector of each class that the loss has learned, from which a training without a softmax classifier makes the classifier of the
    /// model. Default: null, which means none; each class is then recognised by its mean embedding.
    /// </summary>
    public virtual ClassVectors? LearnedClassVectors() => null;

    /// <summary>
    /// By what the loss tells hard triplets from easy ones, for the report and the warnings of a training. Default: null, for losses that are
    /// not of triplets.
    /// </summary>
    public virtual TripletCriterion? Triplets => null;

    /// <summary>
    /// Begins the random draws of the loss anew from another seed, as a training does at each epoch so that one that was stopped draws as if
    /// it had not been. Default: nothing, for losses that draw nothing.
    /// </summary>
    /// <param name="seed">The seed.</param>
    public virtual void Restart(long seed)
    {
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="embeddings">Floating-point [B, D], B ≥ 1.</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <returns>A 0-dimensional tensor with gradient ([B] under <see cref="Reduction.None"/>), owned by the caller.</returns>
    /// <exception cref="ArgumentException">
    /// Rank, row counts, types or devices do not fit, or, on the CPU, a value is not finite or a label out of range.
    /// </exception>
    public sealed override Tensor forward(Tensor embeddings, Tensor labels) => Evaluate(embeddings, labels, null);

    /// <summary>The loss of a batch whose samples have weights.</summary>
    /// <param name="embeddings">Floating-point [B, D], B ≥ 1.</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <param name="sampleWeights">The weight of each row's terms, [B], at least 0.</param>
    /// <returns>A 0-dimensional tensor with gradient ([B] under <see cref="Reduction.None"/>), owned by the caller.</returns>
    /// <exception cref="ArgumentException">As in <see cref="forward(Tensor, Tensor)"/>, or the weights do not fit.</exception>
    public Tensor forward(Tensor embeddings, Tensor labels, Tensor sampleWeights)
    {
        ArgumentNullException.ThrowIfNull(sampleWeights);
        return Evaluate(embeddings, labels, sampleWeights);
    }

    /// <summary>
    /// Moves what the loss keeps besides its parameters (centres, look-up tables, memories) by a batch, without gradient; call it once in
    /// every training step, after the loss of the step was computed. Most losses keep nothing and do nothing.
    /// </summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <exception cref="ArgumentException">As in <see cref="forward(Tensor, Tensor)"/>.</exception>
    public virtual void Update(Tensor embeddings, Tensor labels) => Check.Batch(embeddings, labels);

    /// <summary>Computes the loss of a checked batch, inside a dispose scope.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The reduced loss: usually one or a sum of several results of <see cref="Reduce(LossTerms, LossBatch)"/>.</returns>
    protected abstract Tensor Compute(LossBatch batch);

    /// <summary>Computes the loss of a batch that another loss has checked, inside its scope.</summary>
    internal Tensor ComputeChecked(LossBatch batch) => Compute(batch);

    /// <summary>Reduces terms that the samples of the batch own.</summary>
    /// <param name="terms">Terms with one owner for each row of the batch.</param>
    /// <param name="batch">The batch.</param>
    protected Tensor Reduce(LossTerms terms, LossBatch batch) => Reduction.Apply(terms, batch.Labels, batch.SampleWeights);

    private Tensor Evaluate(Tensor embeddings, Tensor labels, Tensor? sampleWeights)
    {
        Check.Batch(embeddings, labels);
        if (sampleWeights is not null) Check.SampleWeights(sampleWeights, embeddings, nameof(sampleWeights));
        using var scope = NewDisposeScope();
        return Compute(LossBatch.AtLeastSingle(embeddings, labels, sampleWeights)).MoveToOuterDisposeScope();
    }
}

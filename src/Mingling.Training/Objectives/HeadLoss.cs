using Mingling.MetricLearning.Losses;
using Mingling.Training.Models;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>The part <c>softmax</c> of a training's loss: cross-entropy of the model's own classifier, with its dropout.</summary>
internal sealed class HeadLoss(ClassHead head, double labelSmoothing, Reduction reduction) : EmbeddingLoss(nameof(HeadLoss), reduction)
{
    /// <summary>How many clips of the last batch were recognised.</summary>
    public long Right { get; private set; }

    /// <summary>The logits of the last batch, [B, C], while the call that computes the loss lasts.</summary>
    public Tensor? Logits { get; private set; }

    /// <summary>The weight of each class, [C]; null where all are equal. Owned by the loss.</summary>
    public Tensor? Weights { get; private set; }

    /// <summary>Sets the weight of one class; all others have 1.</summary>
    public void Weigh(int word, int classes, double weight)
    {
        Weights ??= TorchSharp.torch.ones(classes).DetachFromDisposeScope();
        Weights[word] = tensor((float)weight);
    }

    public override bool AcceptsMixtures => true;

    protected override Tensor Compute(LossBatch batch)
    {
        var logits = head.call(batch.Embeddings);
        Logits = logits;
        Right = logits.detach().argmax(1).eq(batch.Labels).sum().item<long>();
        var kind = Reduction.Kind == ReductionKind.Sum ? nn.Reduction.Sum : nn.Reduction.Mean;
        return nn.functional.cross_entropy(logits, batch.Labels, weight: Weights, reduction: kind, label_smoothing: labelSmoothing);
    }
}

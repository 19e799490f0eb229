using Mingling.MetricLearning.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>A loss with a weight vector for each class, over which a softmax decides: the cross-entropy of its logits.</summary>
public abstract class ClassifierLoss : EmbeddingLoss
{
    private protected ClassifierLoss(
        string name, int classes, int dimension, int vectorsPerClass, double labelSmoothing, Reduction? reduction, long seed)
        : base(name, reduction ?? Reduction.Mean)
    {
        Classes = Check.AtLeast(classes, 1, nameof(classes));
        Dimension = Check.AtLeast(dimension, 1, nameof(dimension));
        VectorsPerClass = Check.AtLeast(vectorsPerClass, 1, nameof(vectorsPerClass));
        LabelSmoothing = Check.Range(labelSmoothing, 0, 1, nameof(labelSmoothing));
        using var scope = NewDisposeScope();
        var start = RandomWeights.Normal(classes * vectorsPerClass, dimension, 1 / Math.Sqrt(dimension), seed);
        register_parameter("weight", new Parameter(start.DetachFromDisposeScope()));
    }

    /// <summary>The number of classes C.</summary>
    public int Classes { get; }

    /// <summary>The number of features D.</summary>
    public int Dimension { get; }

    /// <summary>The number of weight vectors K of a class.</summary>
    public int VectorsPerClass { get; }

    /// <summary>The label smoothing ε.</summary>
    public double LabelSmoothing { get; }

    /// <summary>The weight vectors, [C·K, D], those of a class adjacent. Owned by the module.</summary>
    public Parameter Weight => get_parameter("weight")!;

    /// <inheritdoc/>
    public override bool AcceptsMixtures => true;

    /// <summary>The weight vectors; null where a class has several.</summary>
    public override ClassVectors? LearnedClassVectors() => VectorsPerClass == 1 ? new ClassVectors(Weight, LogitScale) : null;

    /// <summary>The scale of the cosines in the logits; null where the loss has none.</summary>
    private protected virtual double? LogitScale => null;

    /// <summary>The same in passes over the rows of cosines, for a batch of float32 on the CPU; null (default) where it is not one of cosines of plain classes.</summary>
    private protected virtual SoftmaxRows? Rows => null;

    /// <inheritdoc/>
    protected sealed override Tensor Compute(LossBatch batch)
    {
        Check.Dimension(batch.Embeddings, Dimension);
        Check.LabelsBelow(batch.Labels, Classes);
        Check.SameType(batch.Embeddings, Weight);
        if (Rows is { } rows && RowPass.Suits(batch, Reduction)) return rows.Compute(batch.Embeddings, Weight, batch.Labels, terms => Reduce(terms, batch));
        var logits = Logits(batch.Embeddings, batch.Labels);
        return Reduce(LossTerms.PerSample(CrossEntropy.Compute(logits, batch.Labels, LabelSmoothing)), batch);
    }

    /// <summary>The logits of training, margins included: [B, D], int64 [B] → [B, C].</summary>
    private protected abstract Tensor Logits(Tensor embeddings, Tensor labels);
}

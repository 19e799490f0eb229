using Mingling.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>A classifier loss of cosines between L2-normalised embeddings and class vectors.</summary>
public abstract class CosineClassifierLoss : ClassifierLoss
{
    private static readonly CosineSimilarity Cosine = new();

    private protected CosineClassifierLoss(
        string name, int classes, int dimension, int vectorsPerClass, double labelSmoothing, Reduction? reduction, long seed)
        : base(name, classes, dimension, vectorsPerClass, labelSmoothing, reduction, seed)
    {
    }

    /// <summary>The cosine of each embedding with each class, without margin: the greatest of a class that has several vectors.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <returns>[B, C] with gradient, owned by the caller.</returns>
    public Tensor Cosines(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var cosines = Cosine.Between(embeddings, Weight);
        if (VectorsPerClass > 1) cosines = cosines.view(-1, Classes, VectorsPerClass).amax(new long[] { 2 });
        return cosines.MoveToOuterDisposeScope();
    }

    private protected sealed override Tensor Logits(Tensor embeddings, Tensor labels)
    {
        var cosines = Cosines(embeddings);
        var index = labels.unsqueeze(1);
        var target = cosines.gather(1, index); // [B, 1]
        return Scaled(WithMargins(cosines, target, index), embeddings, labels);
    }

    /// <summary>Puts the margins in: [B, C] → [B, C].</summary>
    /// <param name="cosines">The cosines, [B, C].</param>
    /// <param name="target">The cosine of each sample's own class, [B, 1].</param>
    /// <param name="index">The own class, int64 [B, 1].</param>
    private protected virtual Tensor WithMargins(Tensor cosines, Tensor target, Tensor index) => cosines.scatter(1, index, Target(target));

    /// <summary>What takes the place of the own class's cosine: [B, 1] → [B, 1].</summary>
    private protected virtual Tensor Target(Tensor cosine) => cosine;

    /// <summary>Scales the cosines to logits.</summary>
    private protected abstract Tensor Scaled(Tensor cosines, Tensor embeddings, Tensor labels);
}

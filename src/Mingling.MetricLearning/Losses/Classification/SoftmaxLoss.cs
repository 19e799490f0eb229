using Mingling.MetricLearning.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Softmax cross-entropy of a linear classifier x·Wᵀ + b: the partner of the metric losses in every joint objective.
/// </summary>
public sealed class SoftmaxLoss : ClassifierLoss
{
    [TorchSharp.Utils.ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SoftmaxLoss(int classes, int dimension, double labelSmoothing = 0, Reduction? reduction = null, long seed = 0)
        : base(nameof(SoftmaxLoss), classes, dimension, 1, labelSmoothing, reduction, seed)
    {
        _bias = new Parameter(zeros(classes));
        RegisterComponents();
    }

    /// <summary>The logits of the classifier.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <returns>[B, C] with gradient, owned by the caller.</returns>
    public Tensor Logits(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        return nn.functional.linear(Precision.AtLeastSingle(embeddings), Weight, _bias).MoveToOuterDisposeScope();
    }

    private protected override Tensor Logits(Tensor embeddings, Tensor labels) => Logits(embeddings);
}

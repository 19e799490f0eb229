using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>NormFace, the normalised softmax (Wang et al. 2017): cross-entropy of cos θ / T.</summary>
public sealed class NormFaceLoss : CosineClassifierLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="temperature">The temperature T (the inverse of the scale), greater than 0.</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public NormFaceLoss(
        int classes, int dimension, double temperature = 0.05, double labelSmoothing = 0, Reduction? reduction = null, long seed = 0)
        : base(nameof(NormFaceLoss), classes, dimension, 1, labelSmoothing, reduction, seed) =>
        Temperature = Check.Positive(temperature, nameof(temperature));

    /// <summary>The temperature T.</summary>
    public double Temperature { get; }

    private protected override double? LogitScale => 1 / Temperature;

    private protected override SoftmaxRows? Rows => LabelSmoothing == 0 ? new SoftmaxRows(1 / Temperature, cosine => (cosine, 1)) : null;

    private protected override Tensor Scaled(Tensor cosines, Tensor embeddings, Tensor labels) => cosines / Temperature;
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>CosFace, the additive-margin softmax (Wang et al. 2018, eq. 4): s(cos θ_y − m) against s·cos θ_j.</summary>
public sealed class CosFaceLoss : CosineClassifierLoss, IMarginLoss
{
    private double _margin;

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="margin">The margin m of the cosine, 0 … 2.</param>
    /// <param name="scale">The scale s, greater than 0.</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CosFaceLoss(
        int classes, int dimension, double margin = 0.35, double scale = 64, double labelSmoothing = 0, Reduction? reduction = null, long seed = 0)
        : base(nameof(CosFaceLoss), classes, dimension, 1, labelSmoothing, reduction, seed)
    {
        Margin = margin;
        Scale = Check.Positive(scale, nameof(scale));
    }

    /// <summary>The margin m of the cosine, 0 … 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The margin is out of range.</exception>
    public double Margin
    {
        get => _margin;
        set => _margin = Check.Range(value, 0, 2, "margin");
    }

    /// <summary>The scale s.</summary>
    public double Scale { get; }

    private protected override double? LogitScale => Scale;

    private protected override SoftmaxRows? Rows => LabelSmoothing == 0 ? new SoftmaxRows(Scale, cosine => (cosine - (float)Margin, 1)) : null;

    private protected override Tensor Target(Tensor cosine) => cosine - Margin;

    private protected override Tensor Scaled(Tensor cosines, Tensor embeddings, Tensor labels) => cosines * Scale;
}

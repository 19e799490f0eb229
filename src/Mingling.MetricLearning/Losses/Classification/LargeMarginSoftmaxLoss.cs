using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Large-margin softmax (Liu et al. 2016, eq. 5): the own class's cosine becomes ψ(θ) = (−1)^k cos(mθ) − 2k on [kπ/m, (k+1)π/m], and the
/// logits are ‖x‖‖w_j‖ times the cosines. With unit weight vectors it is SphereFace (Liu et al. 2017).
/// </summary>
public sealed class LargeMarginSoftmaxLoss : CosineClassifierLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="margin">The factor m of the angle, 1 … 8.</param>
    /// <param name="scale">A further scale of the logits, greater than 0.</param>
    /// <param name="normalizeWeights">Whether the weight vectors count as of length 1 (SphereFace).</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public LargeMarginSoftmaxLoss(
        int classes,
        int dimension,
        int margin = 4,
        double scale = 1,
        bool normalizeWeights = false,
        double labelSmoothing = 0,
        Reduction? reduction = null,
        long seed = 0)
        : base(nameof(LargeMarginSoftmaxLoss), classes, dimension, 1, labelSmoothing, reduction, seed)
    {
        Margin = (int)Check.Range(margin, 1, 8, nameof(margin));
        Scale = Check.Positive(scale, nameof(scale));
        NormalizeWeights = normalizeWeights;
    }

    /// <summary>The factor m of the angle.</summary>
    public int Margin { get; }

    /// <summary>The scale of the logits.</summary>
    public double Scale { get; }

    /// <summary>Whether the weight vectors count as of length 1.</summary>
    public bool NormalizeWeights { get; }

    private protected override Tensor Target(Tensor cosine)
    {
        var constant = cosine.detach();
        var interval = zeros_like(constant); // k
        for (int j = 1; j < Margin; j++) interval = interval + constant.le(Math.Cos(j * Math.PI / Margin)).to(cosine.dtype);
        var sign = 1 - interval.remainder(2) * 2;
        return sign * Angles.CosineOfMultiple(cosine, Margin) - interval * 2;
    }

    private protected override Tensor Scaled(Tensor cosines, Tensor embeddings, Tensor labels)
    {
        var logits = cosines * embeddings.norm(1, keepdim: true, p: 2) * Scale;
        return NormalizeWeights ? logits : logits * Weight.norm(1, keepdim: true, p: 2).t();
    }
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// AdaCos (Zhang et al. 2019): NormFace whose scale needs no choice. Fixed: s = √2 · ln(C − 1). Dynamic: before every training step
/// s ← ln(B_avg) / cos(min(π/4, θ_med)), with B_avg the batch mean of Σ_{j≠y} e^{s cos θ_j} and θ_med the median angle to the own class.
/// </summary>
public sealed class AdaCosLoss : CosineClassifierLoss
{
    [TorchSharp.Utils.ComponentName(Name = "scale")]
    private readonly Tensor _scale;

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 3.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="dynamic">Whether the scale follows the batches while the module is in training mode.</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public AdaCosLoss(
        int classes, int dimension, bool dynamic = true, double labelSmoothing = 0, Reduction? reduction = null, long seed = 0)
        : base(nameof(AdaCosLoss), Check.AtLeast(classes, 3, nameof(classes)), dimension, 1, labelSmoothing, reduction, seed)
    {
        Dynamic = dynamic;
        _scale = tensor((float)(Math.Sqrt(2) * Math.Log(classes - 1)));
        RegisterComponents();
    }

    /// <summary>Whether the scale follows the batches.</summary>
    public bool Dynamic { get; }

    /// <summary>The scale s, a buffer of 0 dimensions. Owned by the module.</summary>
    public Tensor Scale => _scale;

    private protected override double? LogitScale => _scale.item<float>();

    private protected override Tensor Scaled(Tensor cosines, Tensor embeddings, Tensor labels)
    {
        if (Dynamic && training) Follow(cosines.detach(), labels.unsqueeze(1));
        return cosines * _scale.clone().to(cosines.dtype);
    }

    private void Follow(Tensor cosines, Tensor index)
    {
        using var noGradient = no_grad();
        var target = cosines.gather(1, index);
        var wrong = (cosines * _scale).exp().scatter(1, index, zeros_like(target)).sum(new long[] { 1 }).mean();
        var angle = target.clamp(-1, 1).acos().median().clamp_max(Math.PI / 4);
        _scale.copy_((wrong.log() / angle.cos()).to(_scale.dtype));
    }
}

using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>Softmax cross-entropy of each sample.</summary>
internal static class CrossEntropy
{
    /// <summary>LSE(z) − z_y; with label smoothing ε the target is 1 − ε on y and ε/C everywhere.</summary>
    /// <param name="logits">[B, C].</param>
    /// <param name="labels">Int64 [B].</param>
    /// <param name="smoothing">The label smoothing ε, 0 … 1.</param>
    /// <returns>[B].</returns>
    public static Tensor Compute(Tensor logits, Tensor labels, double smoothing = 0)
    {
        var target = logits.gather(1, labels.unsqueeze(1)).squeeze(1);
        if (smoothing != 0) target = target * (1 - smoothing) + logits.mean(new long[] { 1 }) * smoothing;
        return logits.logsumexp(1) - target;
    }
}

using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Proxy-NCA with the own proxy in the denominator, as in Proxy-NCA++ (Movshovitz-Attias et al. 2017; Teh et al. 2020, eq. 6):
/// cross-entropy of −scale · ‖x − p_j‖² between L2-normalised embeddings and proxies.
/// </summary>
public sealed class ProxyNcaLoss : ClassifierLoss
{
    private static readonly SquaredEuclideanDistance Distance = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="scale">The scale (the inverse temperature), greater than 0.</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the proxies.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ProxyNcaLoss(int classes, int dimension, double scale = 1, double labelSmoothing = 0, Reduction? reduction = null, long seed = 0)
        : base(nameof(ProxyNcaLoss), classes, dimension, 1, labelSmoothing, reduction, seed) =>
        Scale = Check.Positive(scale, nameof(scale));

    /// <summary>The scale.</summary>
    public double Scale { get; }

    private protected override Tensor Logits(Tensor embeddings, Tensor labels) => Distance.Between(embeddings, Weight) * -Scale;
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Triplet loss of three tensors: mean of [‖a − p + ε‖ − ‖a − n + ε‖ + m]+ with the p-norm of rows as they are and ε = 1e-6 added to every
/// component of a difference, as PyTorch's triplet margin loss has it.
/// </summary>
public sealed class ExplicitTripletLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private const double Epsilon = 1e-6;

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m, at least 0.</param>
    /// <param name="p">The order of the norm, at least 1.</param>
    /// <param name="swap">Whether ‖p − n + ε‖ takes the place of ‖a − n + ε‖ where it is smaller.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ExplicitTripletLoss(double margin = 1, double p = 2, bool swap = false) : base(nameof(ExplicitTripletLoss))
    {
        Margin = Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));
        P = Check.Range(p, 1, double.PositiveInfinity, nameof(p));
        Swap = swap;
    }

    /// <summary>The margin m.</summary>
    public double Margin { get; }

    /// <summary>The order of the norm.</summary>
    public double P { get; }

    /// <summary>Whether the distance between positive and negative takes part.</summary>
    public bool Swap { get; }

    /// <summary>The mean over the triplets.</summary>
    /// <param name="anchor">Floating-point [T, D].</param>
    /// <param name="positive">Floating-point [T, D].</param>
    /// <param name="negative">Floating-point [T, D].</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The shapes or types do not fit.</exception>
    public override Tensor forward(Tensor anchor, Tensor positive, Tensor negative)
    {
        Check.Embeddings(anchor, nameof(anchor));
        Check.Embeddings(positive, nameof(positive));
        Check.Embeddings(negative, nameof(negative));
        Check.SameShape(anchor, positive, nameof(positive));
        Check.SameShape(anchor, negative, nameof(negative));
        using var scope = NewDisposeScope();
        var toNegative = Norm(anchor, negative);
        if (Swap) toNegative = toNegative.minimum(Norm(positive, negative));
        return (Norm(anchor, positive) - toNegative + Margin).clamp_min(0).mean().MoveToOuterDisposeScope();
    }

    private Tensor Norm(Tensor first, Tensor second) => (Precision.AtLeastSingle(first) - Precision.AtLeastSingle(second) + Epsilon).norm(1, keepdim: false, p: (float)P);
}

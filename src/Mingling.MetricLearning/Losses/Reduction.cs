using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>How the terms of a loss become one number.</summary>
public enum ReductionKind
{
    /// <summary>The mean over all valid terms; 0 when there is none.</summary>
    Mean,

    /// <summary>The mean over the terms greater than zero; 0 when there is none.</summary>
    MeanActive,

    /// <summary>The sum over all valid terms.</summary>
    Sum,

    /// <summary>No reduction over the batch: one value for each sample, the sum of its own terms.</summary>
    None,
}

/// <summary>A reduction, with an optional weight for each class. Immutable.</summary>
/// <remarks>
/// A weighted mean divides by the sum of the weights of its terms, as weighted cross-entropy does. A term weighs as much as the sample
/// that owns it: its anchor in a pair or triplet loss, the proxy's class in a proxy loss.
/// </remarks>
public sealed class Reduction
{
    private readonly double[]? _classWeights;

    private Reduction(ReductionKind kind, double[]? classWeights = null) => (Kind, _classWeights) = (kind, classWeights);

    /// <inheritdoc cref="ReductionKind.Mean"/>
    public static Reduction Mean { get; } = new(ReductionKind.Mean);

    /// <inheritdoc cref="ReductionKind.MeanActive"/>
    public static Reduction MeanActive { get; } = new(ReductionKind.MeanActive);

    /// <inheritdoc cref="ReductionKind.Sum"/>
    public static Reduction Sum { get; } = new(ReductionKind.Sum);

    /// <inheritdoc cref="ReductionKind.None"/>
    public static Reduction None { get; } = new(ReductionKind.None);

    /// <summary>What the reduction does with the terms.</summary>
    public ReductionKind Kind { get; }

    /// <summary>The weights of the classes; null when all weigh 1.</summary>
    public IReadOnlyList<double>? ClassWeights => _classWeights;

    /// <summary>The same reduction with a weight for each class.</summary>
    /// <param name="weights">One finite weight, at least 0, for each class 0 … C−1.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public Reduction WithClassWeights(params IReadOnlyList<double> weights)
    {
        foreach (double weight in weights)
        {
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentException($"A class weight must be finite and at least 0, not {weight}.", nameof(weights));
        }
        return new Reduction(Kind, [.. weights]);
    }

    /// <summary>Reduces terms.</summary>
    /// <param name="terms">The terms, grouped by owner.</param>
    /// <param name="owners">The class of each owner, int64 [owners].</param>
    /// <param name="ownerWeights">A weight for each owner, [owners], or null.</param>
    internal Tensor Apply(LossTerms terms, Tensor owners, Tensor? ownerWeights) =>
        Apply(terms.Weighted(Weights(terms.Sum, owners, ownerWeights)));

    /// <summary>Reduces terms that hold their weights already.</summary>
    /// <param name="terms">The terms, grouped by owner.</param>
    internal Tensor Apply(LossTerms terms) => Kind switch
    {
        ReductionKind.None => terms.Sum,
        ReductionKind.Sum => terms.Sum.sum(),
        ReductionKind.Mean => MeanOf(terms.Sum, terms.Valid),
        ReductionKind.MeanActive => MeanOf(terms.Sum, terms.Active()),
        _ => throw new InvalidOperationException($"Unknown reduction {Kind}."),
    };

    /// <summary>The weight of each owner, [owners]; null when all weigh 1.</summary>
    /// <param name="like">A tensor of the type and device that the weights shall have.</param>
    /// <param name="owners">The class of each owner, int64 [owners].</param>
    /// <param name="ownerWeights">A weight for each owner besides that of its class, or null.</param>
    internal Tensor? Weights(Tensor like, Tensor owners, Tensor? ownerWeights)
    {
        if (_classWeights is null) return ownerWeights;
        var ofClass = tensor(_classWeights, dtype: like.dtype, device: like.device).index_select(0, owners);
        return ownerWeights is null ? ofClass : ofClass * ownerWeights;
    }

    private static Tensor MeanOf(Tensor sum, Tensor count)
    {
        var divisor = count.sum();
        return sum.sum() / where(divisor > 0, divisor, ones_like(divisor));
    }
}

using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The sum of <see cref="OrthogonalityPenalty"/> over the weights of a dynamic filter, as in LOVO (Kim et al. 2022). It does not depend on the samples; of a
/// batch without a filter it is 0.
/// </summary>
public sealed class FilterOrthogonalityLoss : EmbeddingLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="iterations">Steps of the power iteration, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public FilterOrthogonalityLoss(int iterations = OrthogonalityPenalty.DefaultIterations) : base(nameof(FilterOrthogonalityLoss), Reduction.Mean) =>
        Iterations = Check.AtLeast(iterations, 1, nameof(iterations));

    /// <summary>Steps of the power iteration.</summary>
    public int Iterations { get; }

    /// <inheritdoc/>
    public override bool AcceptsMixtures => true;

    /// <inheritdoc/>
    public override bool ReadsFilter => true;

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch) => batch.Filter is { Weights.Count: > 0 } filter
        ? filter.Weights.Select(weight => OrthogonalityPenalty.ByPowerIteration(weight, Iterations)).Aggregate((sum, penalty) => sum + penalty)
        : batch.Embeddings.sum() * 0;
}

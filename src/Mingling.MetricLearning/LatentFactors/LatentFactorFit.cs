namespace Mingling.MetricLearning.LatentFactors;

/// <summary>How a <see cref="LatentFactorLayer"/> is fitted.</summary>
/// <param name="Iterations">The number of EM iterations, at least 1.</param>
/// <param name="Seed">The seed of the first factors.</param>
public sealed record LatentFactorFit(int Iterations = 30, long Seed = 0);

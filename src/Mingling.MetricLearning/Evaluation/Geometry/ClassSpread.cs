namespace Mingling.MetricLearning.Evaluation;

/// <summary>How tightly one class lies around its mean.</summary>
/// <param name="Label">The label of the class.</param>
/// <param name="Count">The number of its samples, at least 1.</param>
/// <param name="MeanDistanceToCenter">The mean Euclidean distance of its samples to their mean; 0 for a single sample.</param>
public sealed record ClassSpread(long Label, int Count, double MeanDistanceToCenter);

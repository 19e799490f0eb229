namespace Mingling.MetricLearning.Evaluation;

/// <summary>The class that the neighbours of a query give it.</summary>
/// <param name="Label">The label with most votes.</param>
/// <param name="Distance">
/// The Euclidean distance to the nearest row of that label; its negative is the score of the query in <see cref="OpenSetMetrics"/>.
/// </param>
public readonly record struct NeighborVerdict(long Label, double Distance);

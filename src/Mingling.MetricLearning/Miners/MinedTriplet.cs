namespace Mingling.MetricLearning.Miners;

/// <summary>A chosen triplet, as indices of rows.</summary>
/// <param name="Anchor">The anchor.</param>
/// <param name="Positive">The row of the same class.</param>
/// <param name="Negative">The row of another class.</param>
public readonly record struct MinedTriplet(long Anchor, long Positive, long Negative);

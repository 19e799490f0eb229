namespace Mingling.MetricLearning.Miners;

/// <summary>Pairs that a miner chose, as indices of rows.</summary>
/// <param name="Positives">Anchor and positive of each chosen pair of one class.</param>
/// <param name="Negatives">Anchor and negative of each chosen pair of different classes.</param>
public sealed record MinedPairs(IReadOnlyList<(long Anchor, long Positive)> Positives, IReadOnlyList<(long Anchor, long Negative)> Negatives);

namespace Mingling.Experiments.Comparison;

/// <summary>Two words that are taken for one another.</summary>
/// <param name="First">The word that comes first in ordinal order.</param>
/// <param name="Second">The other.</param>
public sealed record WordPair(string First, string Second);

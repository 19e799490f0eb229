namespace Mingling.Recognition.Streaming;

/// <summary>A word that was said in a stream.</summary>
/// <param name="Start">Where it begins, in seconds, 0 or more.</param>
/// <param name="End">Where it ends, in seconds, after <paramref name="Start"/>.</param>
/// <param name="Word">The word.</param>
public sealed record WordInterval(double Start, double End, string Word);

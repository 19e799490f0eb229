namespace Mingling.Recognition.Inference;

/// <summary>How a graph is computed, and what it may take: the <see cref="RecognizerOptions"/>, within their ranges.</summary>
/// <param name="IntraOpThreads">Threads of one computation.</param>
/// <param name="LongestLoad">The time of loading with a first computation.</param>
/// <param name="LongestRun">The time of one computation.</param>
/// <param name="LargestMemory">The bytes of the tensors of all computations.</param>
/// <param name="AllowLoops">Whether it may hold loops.</param>
internal sealed record GraphLimits(int IntraOpThreads, TimeSpan LongestLoad, TimeSpan LongestRun, long LargestMemory, bool AllowLoops);

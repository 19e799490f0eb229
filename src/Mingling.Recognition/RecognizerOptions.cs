namespace Mingling.Recognition;

/// <summary>How a <see cref="Recognizer"/> computes.</summary>
public sealed record RecognizerOptions
{
    /// <summary>
    /// Threads of one computation. Range: 1 to 256. Default: 1, which is the fastest for small models; several callers at once use a
    /// thread each all the same.
    /// </summary>
    public int IntraOpThreads { get; init; } = 1;
}

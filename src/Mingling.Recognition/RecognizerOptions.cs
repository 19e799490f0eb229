namespace Mingling.Recognition;

/// <summary>How a <see cref="Recognizer"/> computes.</summary>
public sealed record RecognizerOptions
{
    /// <summary>
    /// Threads of one computation. Range: 1 to 256. Default: 1, which is the fastest for small models; several callers at once use a
    /// thread each all the same.
    /// </summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>
    /// How long the first computation may take, with which <see cref="Recognizer.Load(string, RecognizerOptions)"/> checks a model; a model that
    /// takes longer is refused. Range: above 0, at most a day. Default: 30 seconds.
    /// </summary>
    public TimeSpan LongestLoad { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the graph may hold loops (Loop, Scan, SequenceMap), whose steps nothing bounds. Default: false; models that Mingling exports
    /// have none.
    /// </summary>
    public bool AllowLoops { get; init; }
}

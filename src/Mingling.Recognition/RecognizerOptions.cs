namespace Mingling.Recognition;

/// <summary>
/// How a <see cref="Recognizer"/> computes, and what a model file may take. A file that needs more than its limits is refused with one
/// sentence, when it is loaded or at the computation that would go beyond them.
/// </summary>
public sealed record RecognizerOptions
{
    /// <summary>
    /// Threads of one computation. Range: 1 to 256. Default: 1, which is the fastest for small models; several callers at once use a
    /// thread each all the same.
    /// </summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>
    /// How long loading may take, with the first computation, which <see cref="Recognizer.Load(string, RecognizerOptions)"/> checks a model with.
    /// Range: above 0, at most a day. Default: 30 seconds. The time is looked at between two operations of the graph.
    /// </summary>
    public TimeSpan LongestLoad { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long one computation may take: a clip, a batch of <see cref="Recognizer.RecognizeAll"/>, or a window or step of a stream. Range: above
    /// 0, at most a day. Default: 30 seconds. The time is looked at between two operations of the graph.
    /// </summary>
    public TimeSpan LongestRun { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The memory in bytes that the tensors of all computations of the recogniser may take together, beside the weights, which are as large as
    /// the file. Range: 1 MiB to 4 GiB − 1. Default: 1 GiB. It holds for sizes that the graph computes itself, too. A program that has given ONNX
    /// Runtime an allocator of its own for all sessions bounds them by that allocator.
    /// </summary>
    public long LargestMemory { get; init; } = 1L << 30;

    /// <summary>
    /// Whether the graph may hold loops (Loop, Scan, SequenceMap), whose steps nothing bounds but <see cref="LongestRun"/>. Default: false; models
    /// that Mingling exports have none.
    /// </summary>
    public bool AllowLoops { get; init; }

    /// <summary>What is wrong, each as a sentence; empty where nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (IntraOpThreads is < 1 or > 256) yield return $"{nameof(IntraOpThreads)} is {IntraOpThreads}; it must be 1 to 256.";
        if (!IsTime(LongestLoad)) yield return $"{nameof(LongestLoad)} is {LongestLoad}; it must be above 0 and at most a day.";
        if (!IsTime(LongestRun)) yield return $"{nameof(LongestRun)} is {LongestRun}; it must be above 0 and at most a day.";
        if (LargestMemory is < 1 << 20 or > uint.MaxValue) yield return $"{nameof(LargestMemory)} is {LargestMemory} bytes; it must be 1 MiB to 4 GiB − 1.";

        static bool IsTime(TimeSpan time) => time > TimeSpan.Zero && time <= TimeSpan.FromDays(1);
    }
}

using Mingling.Training.Ranks;

namespace Mingling.Training.Passes;

/// <summary>
/// How a batch is cut into micro-batches, each of which goes through the encoder by itself. It depends on the number of clips alone, so that the same numbers
/// come out whoever computes which.
/// </summary>
internal static class MicroBatches
{
    /// <summary>The most micro-batches of a batch.</summary>
    public const int Most = 8;

    /// <summary>
    /// The fewest clips of a micro-batch, if there are as many: statistics of 16 cost a point of accuracy, those of 32 next to nothing
    /// (docs/decisions/threads-and-processes.md).
    /// </summary>
    public const int FewestClips = 32;

    /// <summary>The number of micro-batches of a batch.</summary>
    public static int CountOf(int clips) => Math.Clamp(clips / FewestClips, 1, Most);

    /// <summary>
    /// The rows of a micro-batch: every M-th, so that batches in which the clips of a word stand together give each micro-batch some of many words.
    /// </summary>
    /// <param name="index">The micro-batch, from 0.</param>
    /// <param name="clips">The clips of the batch.</param>
    public static int[] RowsOf(int index, int clips)
    {
        int count = CountOf(clips);
        return [.. Enumerable.Range(0, (clips - index + count - 1) / count).Select(i => index + i * count)];
    }

    /// <summary>The micro-batches that a process computes, of a batch.</summary>
    public static Range Of(ProcessGroup ranks, int clips) => Of(ranks.Rank, ranks.Count, clips);

    /// <summary>The micro-batches that one of several processes computes, of a batch.</summary>
    public static Range Of(int rank, int ranks, int clips)
    {
        int count = CountOf(clips);
        return (count * rank / ranks)..(count * (rank + 1) / ranks);
    }

    /// <summary>The rows that a process computes, of a batch.</summary>
    public static int[] RowsOf(ProcessGroup ranks, int clips)
    {
        var (first, count) = Of(ranks, clips).GetOffsetAndLength(CountOf(clips));
        return [.. Enumerable.Range(first, count).SelectMany(index => RowsOf(index, clips))];
    }
}

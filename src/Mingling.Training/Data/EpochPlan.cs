namespace Mingling.Training.Data;

/// <summary>The batches of an epoch, as indices of clips.</summary>
public sealed class EpochPlan
{
    private readonly int[][] _batches;

    /// <summary>Takes batches as they are.</summary>
    /// <param name="batches">The clips of each batch, at least one batch.</param>
    public EpochPlan(int[][] batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches.Length, 1, nameof(batches));
        _batches = batches;
    }

    /// <summary>The number of batches.</summary>
    public int Batches => _batches.Length;

    /// <summary>Every clip once, shuffled, in batches whose sizes differ by at most one.</summary>
    /// <param name="clips">The number of clips, at least 1.</param>
    /// <param name="batchSize">The largest number of clips in a batch.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static EpochPlan Shuffled(int clips, int batchSize, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clips, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        int[] order = SeededRandom.Permutation(clips, seed);
        int count = BatchCount(clips, batchSize);
        return new EpochPlan([.. Enumerable.Range(0, count).Select(b => order[Start(b)..Start(b + 1)])]);

        int Start(int batch) => (int)((long)clips * batch / count);
    }

    /// <summary>The clips of a batch, as indices.</summary>
    public ReadOnlySpan<int> Batch(int index) => _batches[index];

    /// <summary>The number of batches that so many clips make.</summary>
    public static int BatchCount(int clips, int batchSize) => (clips + batchSize - 1) / batchSize;
}

namespace Mingling.Training.Data;

/// <summary>The order of an epoch: every clip once, shuffled by seed and epoch, in batches whose sizes differ by at most one.</summary>
public sealed class EpochPlan
{
    private readonly int[] _order;
    private readonly int _batches;

    /// <summary>Draws the order.</summary>
    /// <param name="clips">The number of clips, at least 1.</param>
    /// <param name="batchSize">The largest number of clips in a batch.</param>
    /// <param name="seed">The seed of the draw.</param>
    public EpochPlan(int clips, int batchSize, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clips, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _order = [.. Enumerable.Range(0, clips)];
        var random = new SeededRandom(seed);
        for (int i = clips - 1; i > 0; i--)
        {
            int k = random.Next(i + 1);
            (_order[i], _order[k]) = (_order[k], _order[i]);
        }
        _batches = BatchCount(clips, batchSize);
    }

    /// <summary>The number of batches.</summary>
    public int Batches => _batches;

    /// <summary>The clips of a batch, as indices.</summary>
    public ReadOnlySpan<int> Batch(int index)
    {
        int from = Start(index), to = Start(index + 1);
        return _order.AsSpan(from, to - from);
    }

    /// <summary>The number of batches that so many clips make.</summary>
    public static int BatchCount(int clips, int batchSize) => (clips + batchSize - 1) / batchSize;

    private int Start(int index) => (int)((long)_order.Length * index / _batches);
}

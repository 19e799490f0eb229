namespace Mingling.Training.Data;

/// <summary>The features and labels of one batch, in memory that is used again for a later batch.</summary>
internal sealed class Batch(int capacity, int clipValues)
{
    /// <summary>Clips in this batch.</summary>
    public int Count { get; set; }

    /// <summary>Features, [Count, bins, frames] row by row.</summary>
    public float[] Features { get; } = new float[capacity * clipValues];

    /// <summary>The clips, as numbers among those of the training.</summary>
    public long[] Clips { get; } = new long[capacity];

    /// <summary>Class of each clip.</summary>
    public long[] Labels { get; } = new long[capacity];

    public Span<float> FeaturesOf(int index) => Features.AsSpan(index * clipValues, clipValues);
}

namespace Mingling.Training.Data;

/// <summary>The features and labels of one batch, in memory that is used again for a later batch.</summary>
/// <param name="capacity">The most clips.</param>
/// <param name="heard">What is heard of each.</param>
internal sealed class Batch(int capacity, HeardWindow heard)
{
    /// <summary>Clips in this batch.</summary>
    public int Count { get; set; }

    /// <summary>What is heard of each clip.</summary>
    public HeardWindow Heard => heard;

    /// <summary>Features, [Count, bins, frames] row by row.</summary>
    public float[] Features { get; } = new float[capacity * heard.Sound.Values];

    /// <summary>The clips, as numbers among those of the training.</summary>
    public long[] Clips { get; } = new long[capacity];

    /// <summary>Class at each decision of each clip, [Count, decisions]; <see cref="HeardWindow.Ignored"/> where there is none.</summary>
    public long[] Labels { get; } = new long[capacity * heard.Decisions];

    public Span<float> FeaturesOf(int index) => Features.AsSpan(index * heard.Sound.Values, heard.Sound.Values);

    public Span<long> LabelsOf(int index) => Labels.AsSpan(index * heard.Decisions, heard.Decisions);
}

namespace Mingling.Recognition.Streaming.Decisions;

/// <summary>
/// The two buffers of posterior handling (Chen, Parada and Heigold 2014, "Small-footprint keyword spotting using deep neural networks"):
/// the last posteriors, whose mean is the smoothed one, and the last smoothed ones, whose maximum is the score. Both take every step,
/// whatever was decided.
/// </summary>
internal sealed class ScoreBuffers(int classes, int smoothing, int maximum)
{
    // [step modulo length, class]
    private readonly float[] _posteriors = new float[smoothing * classes];
    private readonly float[] _smoothed = new float[maximum * classes];
    private readonly float[] _mean = new float[classes];

    /// <summary>Steps taken so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the mean is one over the whole span.</summary>
    public bool IsFull => Count >= smoothing;

    /// <summary>The smoothed posteriors of the last step.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    public void Add(ReadOnlySpan<float> posteriors)
    {
        posteriors.CopyTo(Row(_posteriors, Count, smoothing));
        Count++;
        int held = (int)Math.Min(Count, smoothing);
        for (int c = 0; c < classes; c++)
        {
            // Summed in the order of time, so that the mean depends on these posteriors alone and not on those before.
            double sum = 0;
            for (long step = Count - held; step < Count; step++) sum += Row(_posteriors, step, smoothing)[c];
            _mean[c] = (float)(sum / held);
        }

        _mean.CopyTo(Row(_smoothed, Count - 1, maximum));
    }

    /// <summary>The largest smoothed posterior of a class since a step (inclusive), as far back as the buffer reaches.</summary>
    public float Maximum(int @class, long since)
    {
        float largest = 0;
        for (long step = Math.Max(Math.Max(0, Count - maximum), since); step < Count; step++)
            largest = Math.Max(largest, Row(_smoothed, step, maximum)[@class]);
        return largest;
    }

    public void Reset() => Count = 0;

    private Span<float> Row(float[] ring, long step, int length) => ring.AsSpan((int)(step % length) * classes, classes);
}

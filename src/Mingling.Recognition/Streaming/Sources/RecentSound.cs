namespace Mingling.Recognition.Streaming.Sources;

/// <summary>Passes on the samples of a source and remembers the last of them, so that the sound of an event can be kept.</summary>
public sealed class RecentSound : ISampleSource
{
    private readonly ISampleSource _source;
    private readonly float[] _ring;
    private long _count;

    /// <summary>Wraps a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="seconds">How much is remembered. Range: above 0, at most 60. Default: 3.</param>
    public RecentSound(ISampleSource source, double seconds = 3)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!(seconds is > 0 and <= 60)) throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "Sound is remembered for more than 0 and at most 60 seconds.");
        _source = source;
        _ring = new float[Math.Max(1, (int)(seconds * source.SampleRate))];
    }

    /// <inheritdoc/>
    public int SampleRate => _source.SampleRate;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellationToken = default)
    {
        int read = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        var samples = buffer.Span[..read];
        foreach (float sample in samples) _ring[_count++ % _ring.Length] = sample;
        return read;
    }

    /// <summary>The last samples that were read, the oldest first; fewer at the beginning.</summary>
    public float[] Copy()
    {
        long held = Math.Min(_count, _ring.Length);
        float[] samples = new float[held];
        for (long i = 0; i < held; i++) samples[i] = _ring[(_count - held + i) % _ring.Length];
        return samples;
    }
}

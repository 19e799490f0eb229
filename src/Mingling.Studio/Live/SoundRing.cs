namespace Mingling.Studio.Live;

/// <summary>The last seconds of a stream.</summary>
internal sealed class SoundRing(int sampleRate, double seconds)
{
    private readonly float[] _ring = new float[(int)(sampleRate * seconds)];
    private long _count;

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (float sample in samples) _ring[_count++ % _ring.Length] = sample;
    }

    /// <summary>What is remembered, the oldest first.</summary>
    public float[] Copy()
    {
        long held = Math.Min(_count, _ring.Length);
        float[] samples = new float[held];
        for (long i = 0; i < held; i++) samples[i] = _ring[(_count - held + i) % _ring.Length];
        return samples;
    }
}

using Mingling.Audio;

namespace Mingling.Recognition.Streaming.Sources;

/// <summary>A clip as a stream.</summary>
/// <param name="clip">The clip.</param>
public sealed class ClipSource(AudioClip clip) : ISampleSource
{
    private readonly AudioClip _clip = clip ?? throw new ArgumentNullException(nameof(clip));
    private int _read;

    /// <inheritdoc/>
    public int SampleRate => _clip.SampleRate;

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = Math.Min(buffer.Length, _clip.Samples.Length - _read);
        _clip.Samples.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        return ValueTask.FromResult(count);
    }
}

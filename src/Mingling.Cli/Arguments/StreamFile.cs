using Mingling.Audio;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Cli.Arguments;

/// <summary>A sound file that is heard as a stream. WAV of 16-bit samples with one channel is read as it is heard, however long it is; all else is decoded first.</summary>
internal sealed class StreamFile : ISampleSource, IDisposable
{
    private readonly FileStream? _file;
    private readonly ISampleSource _source;

    private StreamFile(ISampleSource source, FileStream? file) => (_source, _file) = (source, file);

    /// <inheritdoc/>
    public int SampleRate => _source.SampleRate;

    /// <summary>Opens a file.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read.</exception>
    /// <exception cref="SampleStreamException">No stream has its rate.</exception>
    public static StreamFile Open(string path)
    {
        if (Piecewise(path) is { } piecewise) return piecewise;
        var clip = AudioFile.Read(path);
        return SampleRates.Include(clip.SampleRate)
            ? new StreamFile(new ClipSource(clip), null)
            : throw new SampleStreamException($"{path} has {clip.SampleRate} Hz; a stream has {SampleRates.Range}, so resample the file.");
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellationToken = default) => _source.ReadAsync(buffer, cancellationToken);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private static StreamFile? Piecewise(string path)
    {
        if (!File.Exists(path)) return null;
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            return new StreamFile(PcmInput.Open(file, null), file);
        }
        catch (Exception e) when (e is SampleStreamException or IOException or UnauthorizedAccessException)
        {
            // Another format, or a file that cannot be read: whoever decodes whole files says what is wrong with it.
            file?.Dispose();
            return null;
        }
    }
}

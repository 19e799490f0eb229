using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>
/// Reads sound files of any format, recognised by content and not by extension: WAV by <see cref="WavReader"/>;
/// FLAC, Ogg Vorbis, Opus, MP3, AIFF, AU, CAF, NIST SPHERE, Wave64, and WAV with ADPCM, GSM 6.10 or MP3 through libsndfile, where that is
/// installed.
/// </summary>
/// <remarks>
/// Several channels are mixed down to their mean; of two channels in opposite phase, whose mean is silence, the louder one is taken.
/// </remarks>
public static class AudioFile
{
    /// <summary>
    /// The name and version of the library that reads formats other than WAV, such as "libsndfile-1.2.2",
    /// or null where it is not installed and only WAV can be read.
    /// </summary>
    public static string? CodecLibraryVersion => CodecLibrary.Installed?.Version;

    /// <summary>Reads a file at its own rate.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The clip, mono, with at least one sample.</returns>
    /// <exception cref="AudioFormatException">
    /// The content is not sound, is damaged or cut short, holds no sample or one beyond ±256 (full scale is ±1), or needs libsndfile
    /// where that is not installed.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, or reading it is not allowed.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static AudioClip Read(string path) => Read(path, out _);

    /// <summary>Reads a file and resamples it with <see cref="Resampler"/> at its default quality.</summary>
    /// <param name="path">The file; its own rate lies within <see cref="SampleRates"/>, or is the wanted one.</param>
    /// <param name="sampleRate">The rate of the returned clip (Hz), within <see cref="SampleRates"/>.</param>
    /// <returns>The clip, mono, with at least one sample.</returns>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sampleRate"/> is out of range.</exception>
    public static AudioClip Read(string path, int sampleRate) => Read(path, sampleRate, out _);

    /// <summary>Reads a file, resamples it as <see cref="Read(string, int)"/> does, and says how it was stored.</summary>
    /// <param name="path">The file; its own rate lies within <see cref="SampleRates"/>, or is the wanted one.</param>
    /// <param name="sampleRate">The rate of the returned clip (Hz), within <see cref="SampleRates"/>.</param>
    /// <param name="info">How the clip was stored.</param>
    /// <inheritdoc cref="Read(string, int)" path="/returns"/>
    /// <inheritdoc cref="Read(string, int)" path="/exception"/>
    public static AudioClip Read(string path, int sampleRate, out AudioFileInfo info)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, SampleRates.Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, SampleRates.Highest);
        var clip = Read(path, out info);
        if (!SampleRates.CanConvert(clip.SampleRate, sampleRate))
        {
            throw new AudioFormatException(
                $"{path} has a sample rate of {clip.SampleRate} Hz; "
                + $"it takes {SampleRates.Lowest} to {SampleRates.Highest} Hz to be resampled to {sampleRate}.");
        }
        return Resampler.Resample(clip, sampleRate);
    }

    /// <summary>Reads a file at its own rate and says how it was stored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="info">How the clip was stored.</param>
    /// <inheritdoc cref="Read(string)" path="/returns"/>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static AudioClip Read(string path, out AudioFileInfo info) => Read(path, CodecLibrary.Installed, out info);

    /// <summary>Reads a sound file that lies in memory, at its own rate, and says how it was stored.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="info">How the clip was stored.</param>
    /// <returns>The clip, mono, with at least one sample.</returns>
    /// <exception cref="AudioFormatException">As for <see cref="Read(string)"/>.</exception>
    /// <exception cref="IOException">A format other than WAV takes a temporary file, and that cannot be written.</exception>
    public static AudioClip Read(ReadOnlyMemory<byte> file, string name, out AudioFileInfo info)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var kind = ContentKind.Detect(file.Span[..Math.Min(file.Length, ContentKind.HeaderSize)]);
        if (kind == ContentKind.Wav)
        {
            try
            {
                var stream = MemoryMarshal.TryGetArray(file, out var bytes)
                    ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
                    : new MemoryStream(file.ToArray(), writable: false);
                Span<byte> header = stackalloc byte[WavReader.RiffHeaderSize];
                stream.ReadExactly(header);
                return WavReader.ReadAfterHeader(stream, header, name, out info);
            }
            catch (AudioFormatException e) when (e.WavCodec is not null)
            {
                return ReadByLibrary(file, name, out info);
            }
        }
        return kind.IsSound ? ReadByLibrary(file, name, out info) : throw new AudioFormatException(kind.WhyNoSound(name));
    }

    /// <summary>libsndfile reads files by their path.</summary>
    private static AudioClip ReadByLibrary(ReadOnlyMemory<byte> file, string name, out AudioFileInfo info)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file.Span);
            return Read(path, out info);
        }
        catch (AudioFormatException e)
        {
            throw new AudioFormatException(e.Message.Replace(path, name, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    internal static AudioClip Read(string path, CodecLibrary? library, out AudioFileInfo info)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        // A pipe cannot be rewound, so only the first header of WAV is read here.
        Span<byte> header = stackalloc byte[ContentKind.HeaderSize];
        int read = stream.ReadAtLeast(header[..WavReader.RiffHeaderSize], WavReader.RiffHeaderSize, throwOnEndOfStream: false);
        if (ContentKind.Detect(header[..read]) == ContentKind.Wav)
        {
            try
            {
                return WavReader.ReadAfterHeader(stream, header, path, out info);
            }
            catch (AudioFormatException e) when (e.WavCodec is { } codec)
            {
                return CodecReader.Read(library, path, new ContentKind(codec, IsSound: true) { ReadWithout = "PCM" }, out info);
            }
        }

        read += stream.ReadAtLeast(header[read..], header.Length - read, throwOnEndOfStream: false);
        var kind = ContentKind.Detect(header[..read]);
        return kind.IsSound
            ? CodecReader.Read(library, path, kind, out info)
            : throw new AudioFormatException(kind.WhyNoSound(path));
    }
}

/// <summary>What a sound file holds, before it was mixed down and resampled.</summary>
/// <param name="SampleRate">Frames per second in the file (Hz).</param>
/// <param name="Channels">Channels in the file: 1 is mono, 2 is stereo.</param>
/// <param name="Encoding">How samples are stored: "PCM 16", "float 32", "A-law", "mu-law", "FLAC", "Opus" and the like.</param>
/// <param name="Frames">Frames that could be read (one sample of every channel each); a truncated last frame does not count.</param>
public sealed record AudioFileInfo(int SampleRate, int Channels, string Encoding, long Frames)
{
    /// <summary>
    /// What is odd about the file, though it was read, as a clause about it: a header that disagrees with what is there, channels in opposite
    /// phase. Null (default) where nothing is.
    /// </summary>
    public string? Note { get; init; }
}

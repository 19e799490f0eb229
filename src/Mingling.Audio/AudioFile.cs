namespace Mingling.Audio;

/// <summary>
/// Reads sound files of any format, recognised by content and not by extension: WAV by <see cref="WavReader"/>;
/// FLAC, Ogg Vorbis, Opus, MP3, AIFF, AU, CAF, NIST SPHERE and Wave64 through libsndfile, where that is installed.
/// </summary>
/// <remarks>Several channels are mixed down to their mean.</remarks>
public static class AudioFile
{
    /// <summary>The lowest rate (Hz) a file may have to be resampled.</summary>
    private const int MinResampledRate = 1_000;

    /// <summary>The highest rate (Hz) a file may have to be resampled.</summary>
    private const int MaxResampledRate = 384_000;

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
    /// <param name="path">The file; its own rate is 1 to 384 kHz, or the wanted one.</param>
    /// <param name="sampleRate">The rate of the returned clip (Hz), 1 to 384 kHz.</param>
    /// <returns>The clip, mono, with at least one sample.</returns>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sampleRate"/> is out of range.</exception>
    public static AudioClip Read(string path, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, MinResampledRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, MaxResampledRate);
        var clip = Read(path);
        if (!CanResample(clip.SampleRate, sampleRate))
        {
            throw new AudioFormatException(
                $"{path} has a sample rate of {clip.SampleRate} Hz; "
                + $"it takes {MinResampledRate} to {MaxResampledRate} Hz to be resampled to {sampleRate}.");
        }
        return Resampler.Resample(clip, sampleRate);
    }

    /// <summary>Whether a clip of one rate can be had at another one: at its own, or where <see cref="Resampler"/> takes it.</summary>
    internal static bool CanResample(int from, int to) => from == to || from is >= MinResampledRate and <= MaxResampledRate;

    /// <summary>Reads a file at its own rate and says how it was stored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="info">How the clip was stored.</param>
    /// <inheritdoc cref="Read(string)" path="/returns"/>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static AudioClip Read(string path, out AudioFileInfo info) => Read(path, CodecLibrary.Installed, out info);

    internal static AudioClip Read(string path, CodecLibrary? library, out AudioFileInfo info)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        // A pipe cannot go back, so of WAV no more is read here than its first header.
        Span<byte> header = stackalloc byte[ContentKind.HeaderSize];
        int read = stream.ReadAtLeast(header[..WavReader.RiffHeaderSize], WavReader.RiffHeaderSize, throwOnEndOfStream: false);
        if (ContentKind.Of(header[..read]) == ContentKind.Wav)
            return WavReader.ReadAfterHeader(stream, header, path, out info);

        read += stream.ReadAtLeast(header[read..], header.Length - read, throwOnEndOfStream: false);
        var kind = ContentKind.Of(header[..read]);
        return kind.IsSound
            ? CodecReader.Read(library, path, kind, out info)
            : throw new AudioFormatException(kind.WhyNoSound(path));
    }
}

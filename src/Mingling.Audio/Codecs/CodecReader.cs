using System.Buffers;

namespace Mingling.Audio;

/// <summary>Reads formats other than WAV through libsndfile.</summary>
internal static class CodecReader
{
    private const int SamplesAtOnce = 16 * 1024;

    /// <summary>Reads a clip.</summary>
    /// <param name="library">libsndfile, or null where it is not installed.</param>
    /// <param name="path">The file.</param>
    /// <param name="kind">What the file is by its first bytes.</param>
    /// <param name="info">How the clip was stored.</param>
    /// <exception cref="AudioFormatException">The library is not installed, or cannot read the file.</exception>
    public static AudioClip Read(CodecLibrary? library, string path, ContentKind kind, out AudioFileInfo info)
    {
        if (library is null)
        {
            throw new AudioFormatException(new Remark("sound.no-library",
                $"{path} is {kind.Name}; install libsndfile (Debian, Ubuntu: apt-get install libsndfile1) or convert it to {kind.ReadWithout}.", ("name", path), ("format", kind.Name), ("other", kind.ReadWithout)));
        }

        nint file = library.Open(path, out var header);
        if (file == 0)
            throw Unreadable(library, file, path, kind);
        try
        {
            if (header.SampleRate <= 0 || header.Channels <= 0)
                throw new AudioFormatException($"{path} declares {header.Channels} channels at {header.SampleRate} Hz, which no recording has.");
            float[] samples = ReadSamples(library, file, header.Channels, path, kind, out string? note);
            info = new AudioFileInfo(header.SampleRate, header.Channels, kind.Name, samples.Length) { Note = note };
            return new AudioClip(samples, header.SampleRate);
        }
        finally
        {
            library.Close(file);
        }
    }

    private static float[] ReadSamples(CodecLibrary library, nint file, int channels, string path, ContentKind kind, out string? note)
    {
        // The frames that the header claims are not trusted with an allocation.
        var collector = new MonoCollector(channels, expectedFrames: 0, path);
        int framesAtOnce = Math.Max(1, SamplesAtOnce / channels);
        float[] buffer = ArrayPool<float>.Shared.Rent(framesAtOnce * channels);
        try
        {
            var samples = buffer.AsSpan(0, framesAtOnce * channels);
            long frames;
            while ((frames = library.ReadFrames(file, samples, channels)) > 0)
                collector.Append(samples[..((int)frames * channels)]);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
        if (library.Error(file) is not null)
            throw Unreadable(library, file, path, kind);
        float[] mixed = collector.ToArray();
        note = collector.Note;
        return mixed;
    }

    private static AudioFormatException Unreadable(CodecLibrary library, nint file, string path, ContentKind kind) =>
        new($"{path} is {kind.Name} that {library.Version} cannot read ({library.Error(file) ?? "no reason given"}); repair it or convert it to {kind.ReadWithout}.");
}

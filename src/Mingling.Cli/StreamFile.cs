using Mingling.Audio;
using Mingling.Recognition.Streaming;

namespace Mingling.Cli;

/// <summary>Sound files that are heard as streams.</summary>
internal static class StreamFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read.</exception>
    /// <exception cref="SampleStreamException">No stream has its rate.</exception>
    public static AudioClip Read(string path)
    {
        var clip = AudioFile.Read(path);
        return clip.SampleRate is >= PosteriorStream.LowestRate and <= PosteriorStream.HighestRate
            ? clip
            : throw new SampleStreamException($"{path} has {clip.SampleRate} Hz; a stream has 1000 to 384,000 Hz, so resample the file.");
    }
}

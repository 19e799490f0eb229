using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>Reads the sound file that a clip is of: one of its own, or a part of a shard.</summary>
internal static class SoundSource
{
    /// <summary>The file at its own rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, or the shard is damaged there.</exception>
    public static AudioClip Read(CorpusClip clip) => Read(clip, out _);

    /// <summary>The file at a rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, its rate cannot be resampled, or the shard is damaged there.</exception>
    public static AudioClip Read(CorpusClip clip, int sampleRate) =>
        clip.Bytes is null ? AudioFile.Read(clip.Path, sampleRate) : AtRate(Read(clip, out _), sampleRate);

    /// <summary>The sound of a file at another rate.</summary>
    /// <exception cref="AudioFormatException">Its rate cannot be resampled.</exception>
    public static AudioClip AtRate(AudioClip sound, int sampleRate) => SampleRates.CanConvert(sound.SampleRate, sampleRate)
        ? Resampler.Resample(sound, sampleRate)
        : throw new AudioFormatException($"its sample rate of {sound.SampleRate} Hz cannot be resampled to {sampleRate}.");

    /// <summary>The file at its own rate, and how it is stored.</summary>
    public static AudioClip Read(CorpusClip clip, out AudioFileInfo info)
    {
        if (clip.Bytes is not { } bytes) return AudioFile.Read(clip.Path, out info);
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var file = rented.AsMemory(0, bytes.Length);
            ReadBytes(clip, file.Span);
            return AudioFile.Read(file, clip.Name, out info);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The bytes of the sound file.</summary>
    /// <exception cref="AudioFormatException">The shard is damaged there.</exception>
    public static byte[] ReadBytes(CorpusClip clip)
    {
        if (clip.Bytes is not { } bytes) return File.ReadAllBytes(clip.Path);
        byte[] content = new byte[bytes.Length];
        ReadBytes(clip, content);
        return content;
    }

    private static void ReadBytes(CorpusClip clip, Span<byte> content)
    {
        var bytes = clip.Bytes!.Value;
        using var shard = File.OpenHandle(clip.Path);
        for (int read = 0; read < content.Length;)
        {
            int more = RandomAccess.Read(shard, content[read..], bytes.Offset + read);
            if (more == 0) throw Damaged(clip);
            read += more;
        }
        if (Checksum(content) != bytes.Checksum) throw Damaged(clip);
    }

    /// <summary>What tells two files apart.</summary>
    public static (string Path, long Offset) Key(CorpusClip clip) => (clip.Path, clip.Bytes?.Offset ?? -1);

    /// <summary>CRC-32C, by the processor where it can.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte rest in bytes) sum = BitOperations.Crc32C(sum, rest);
        return ~sum;
    }

    private static AudioFormatException Damaged(CorpusClip clip) =>
        new($"the shard {clip.Path} is damaged there: its bytes are not those that were packed; copy the shard again, or pack the corpus anew");
}

using System.Buffers;

namespace Mingling.Audio;

/// <summary>Writes mono WAV files.</summary>
/// <remarks>
/// Integer encodings of n bits store round(x · 2^(n−1)), clamped to full scale; <see cref="WavReader"/> divides by the same number,
/// so that reading and writing keeps every bit. A-law and mu-law store the code of the 16-bit value.
/// </remarks>
public static class WavWriter
{
    private const int PcmFormatSize = 16;
    private const int OtherFormatSize = 18;
    internal const int MaxHeaderSize = 58;
    private const int SamplesAtOnce = 4096;

    /// <summary>Writes a clip to a file, whole or not at all: an existing file is replaced only when all is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="clip">The clip, with at least one sample, all of them finite.</param>
    /// <param name="encoding">How to store a sample; 16-bit PCM by default.</param>
    /// <exception cref="ArgumentException">The clip is empty, holds a sample that is not finite, or takes more than the 4 GiB of WAV.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Write(string path, AudioClip clip, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, stream => Write(stream, clip, encoding));
    }

    /// <summary>Writes a clip to a stream, which need not be seekable and stays open.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="clip">The clip, with at least one sample, all of them finite.</param>
    /// <param name="encoding">How to store a sample; 16-bit PCM by default.</param>
    /// <exception cref="ArgumentException">The clip is empty, holds a sample that is not finite, or takes more than the 4 GiB of WAV.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, AudioClip clip, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        var format = new WavFormat(encoding, Channels: 1, clip.SampleRate);
        long dataSize = (long)clip.Samples.Length * format.BlockAlign;
        if (dataSize == 0)
            throw new ArgumentException("A clip without samples cannot be written as WAV; it takes at least one.", nameof(clip));
        if (dataSize > uint.MaxValue - MaxHeaderSize)
            throw new ArgumentException($"A WAV file holds 4 GiB, and the clip takes {dataSize} bytes; write it in parts.", nameof(clip));
        int broken = Array.FindIndex(clip.Samples, sample => !float.IsFinite(sample));
        if (broken >= 0)
            throw new ArgumentException($"Sample {broken} of the clip is {clip.Samples[broken]}; samples are finite numbers.", nameof(clip));

        WriteHeader(stream, format, (uint)dataSize);
        WriteSamples(stream, format, clip.Samples);
        if (dataSize % 2 != 0)
            stream.WriteByte(0);
    }

    internal static void WriteHeader(Stream stream, WavFormat format, uint dataSize)
    {
        // All but PCM carry the size of an (empty) extension and the number of frames in a fact chunk.
        bool pcm = format.Tag == WavFormat.PcmTag;
        int formatSize = pcm ? PcmFormatSize : OtherFormatSize;
        using var header = new MemoryStream(MaxHeaderSize);
        using var writer = new BinaryWriter(header);
        writer.Write("RIFF"u8);
        writer.Write((uint)(4 + 8 + formatSize + (pcm ? 0 : 12) + 8) + dataSize + (dataSize & 1));
        writer.Write("WAVEfmt "u8);
        writer.Write(formatSize);
        writer.Write(format.Tag);
        writer.Write((ushort)format.Channels);
        writer.Write(format.SampleRate);
        writer.Write((uint)Math.Min((long)format.SampleRate * format.BlockAlign, uint.MaxValue));
        writer.Write((ushort)format.BlockAlign);
        writer.Write((ushort)(8 * format.BytesPerSample));
        if (!pcm)
        {
            writer.Write((ushort)0);
            writer.Write("fact"u8);
            writer.Write(sizeof(uint));
            writer.Write(dataSize / (uint)format.BlockAlign);
        }
        writer.Write("data"u8);
        writer.Write(dataSize);
        stream.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
    }

    internal static void WriteSamples(Stream stream, WavFormat format, ReadOnlySpan<float> samples)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(SamplesAtOnce * format.BlockAlign);
        while (!samples.IsEmpty)
        {
            var some = samples[..Math.Min(SamplesAtOnce, samples.Length)];
            var bytes = buffer.AsSpan(0, some.Length * format.BlockAlign);
            WavSamples.Encode(format.Encoding, some, bytes);
            stream.Write(bytes);
            samples = samples[some.Length..];
        }
        ArrayPool<byte>.Shared.Return(buffer);
    }
}

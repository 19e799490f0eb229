using System.Buffers;
using System.Buffers.Binary;

namespace Mingling.Audio;

/// <summary>
/// Reads WAV: RIFF, RIFX and RF64/BW64 with PCM of 8 to 32 bits, float of 32 or 64 bits, A-law and mu-law,
/// at any rate and with any number of channels, which are mixed down to their mean.
/// </summary>
/// <remarks>
/// Streams are read forward only and need not be seekable. A data chunk without a known length (0, or 0x7FFF0000 and above, as
/// recorders leave it that could not go back) is read as far as it goes. One that ends a whole frame or more before its announced
/// length was cut short, and is refused, unless the size in the first header or the bytes of the headers tell that nothing is missing; a
/// truncated last frame is dropped. A wrong frame size and a missing pad byte are passed over, with a note. Samples beyond ±256 (48 dB above full scale) are
/// refused, among them those of float files in the scale of 16-bit integers. Memory grows with the bytes that are there, never
/// with what a header claims.
/// </remarks>
public static class WavReader
{
    /// <summary>Bytes before the first chunk: "RIFF", a size and "WAVE".</summary>
    internal const int RiffHeaderSize = 12;

    private const int Ds64DataSizeOffset = 8;
    private const int ReadBufferSize = 16 * 1024;

    /// <summary>From here on a 32-bit length may be the placeholder of a recorder that writes into a pipe.</summary>
    private const uint SmallestPlaceholder = 0x7FFF0000;

    /// <summary>Reads a clip.</summary>
    /// <param name="stream">A readable stream, positioned at the beginning of the WAV content; it stays open.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <returns>The clip, mixed down to mono, at the file's own rate; it holds at least one sample.</returns>
    /// <exception cref="AudioFormatException">
    /// The content is not WAV, contradicts itself, is cut short, holds no sample or one beyond ±256.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static AudioClip Read(Stream stream, string name) => Read(stream, name, out _);

    /// <summary>Reads a clip and says how it was stored.</summary>
    /// <param name="stream">A readable stream, positioned at the beginning of the WAV content; it stays open.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="info">How the clip was stored.</param>
    /// <returns>The clip, mixed down to mono, at the file's own rate; it holds at least one sample.</returns>
    /// <exception cref="AudioFormatException">
    /// The content is not WAV, contradicts itself, is cut short, holds no sample or one beyond ±256.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static AudioClip Read(Stream stream, string name, out AudioFileInfo info)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);

        Span<byte> header = stackalloc byte[RiffHeaderSize];
        int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var kind = ContentKind.Detect(header[..read]);
        return kind == ContentKind.Wav
            ? ReadAfterHeader(stream, header, name, out info)
            : throw new AudioFormatException(kind.IsSound ? Remark.Plain($"{name} is {kind.Name}, not WAV.") : kind.WhyNoSound(name));
    }

    /// <summary>Reads a clip from bytes in memory.</summary>
    /// <param name="bytes">A whole WAV file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <returns>The clip, mixed down to mono, at the file's own rate; it holds at least one sample.</returns>
    /// <exception cref="AudioFormatException">
    /// The content is not WAV, contradicts itself, is cut short, holds no sample or one beyond ±256.
    /// </exception>
    public static AudioClip Read(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var stream = new MemoryStream(bytes, writable: false);
        return Read(stream, name);
    }

    /// <summary>Reads a clip from a stream positioned after its first header, which is known to be that of WAV.</summary>
    internal static AudioClip ReadAfterHeader(Stream stream, ReadOnlySpan<byte> header, string name, out AudioFileInfo info)
    {
        var source = new RiffSource(stream, bigEndian: header.StartsWith("RIFX"u8));
        uint riffSize = source.BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(header[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        var notes = new List<string>();
        Span<byte> id = stackalloc byte[4];
        Span<byte> content = stackalloc byte[WavFormat.MaxSize];
        WavFormat? format = null;
        ulong? longDataSize = null;
        while (source.TryReadChunkHeader(id, out uint size))
        {
            if (id.SequenceEqual("data"u8))
            {
                if (source.LacksPadding)
                    notes.Add("has a chunk of odd length without its pad byte");
                return ReadData(
                    source,
                    format ?? throw new AudioFormatException($"{name} has its WAV data before its format; the format chunk comes first."),
                    LengthOf(source, size, longDataSize) with { RiffSize = longDataSize is null ? riffSize : 0 },
                    name,
                    notes,
                    out info);
            }
            int read = source.ReadChunk(size, content);
            if (id.SequenceEqual("fmt "u8))
            {
                format = WavFormat.Parse(content[..read], source.BigEndian, name);
                if (format.Value.BlockAlignNote(content, source.BigEndian) is { } wrong)
                    notes.Add(wrong);
            }
            else if (id.SequenceEqual("ds64"u8) && read >= Ds64DataSizeOffset + sizeof(ulong))
                longDataSize = BinaryPrimitives.ReadUInt64LittleEndian(content[Ds64DataSizeOffset..]);
        }
        throw new AudioFormatException(new Remark("sound.ends",
            $"{name} ends before its WAV {(format is null ? "format" : "data")} chunk; a WAV file has a format and a data chunk.", ("name", name)));
    }

    private static DataLength LengthOf(RiffSource source, uint size, ulong? longSize)
    {
        ulong known = size == uint.MaxValue ? longSize ?? ulong.MaxValue : size;
        return known == ulong.MaxValue || (known == 0 && !source.AtTrailingChunk())
            ? new DataLength(ulong.MaxValue, IsCertain: false)
            : new DataLength(known, IsCertain: size is < SmallestPlaceholder or uint.MaxValue);
    }

    private static AudioClip ReadData(RiffSource source, WavFormat format, DataLength length, string name, List<string> notes, out AudioFileInfo info)
    {
        ulong left = length.Bytes;
        long begin = source.Passed;
        var collector = new MonoCollector(format.Channels, (long)Math.Min(left, (ulong)(source.Remaining ?? 0)) / format.BlockAlign, name);
        int framesAtOnce = Math.Max(1, ReadBufferSize / format.BlockAlign);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(framesAtOnce * format.BlockAlign);
        float[] samples = ArrayPool<float>.Shared.Rent(framesAtOnce * format.Channels);
        try
        {
            int wanted, read;
            do
            {
                wanted = (int)Math.Min((ulong)(framesAtOnce * format.BlockAlign), left);
                read = source.Read(bytes.AsSpan(0, wanted));
                left -= (ulong)read;
                int frames = read / format.BlockAlign;
                var whole = bytes.AsSpan(0, frames * format.BlockAlign);
                if (source.BigEndian)
                    ReverseEachSample(whole, format.BytesPerSample);
                var decoded = samples.AsSpan(0, frames * format.Channels);
                WavSamples.Decode(format.Encoding, whole, decoded);
                collector.Append(decoded);
            }
            while (left > 0 && read == wanted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<float>.Shared.Return(samples);
        }

        if (length.IsCertain && left >= (ulong)format.BlockAlign)
        {
            if (!IsWhole(length, left, begin, source.Passed))
            {
                throw new AudioFormatException(new Remark("sound.cut",
                    $"{name} is cut short: its header announces {length.Bytes} bytes of sound, {length.Bytes - left} are there; copy or record it anew.", ("name", name), ("announced", length.Bytes), ("there", length.Bytes - left)));
            }
            notes.Add($"announces {length.Bytes} bytes of sound and has {length.Bytes - left}, though nothing is missing");
        }
        var clip = new AudioClip(collector.ToArray(), format.SampleRate);
        if (collector.Note is { } odd)
            notes.Add(odd);
        info = new AudioFileInfo(format.SampleRate, format.Channels, format.EncodingName, clip.Samples.Length)
        {
            Note = notes.Count == 0 ? null : string.Join(", and ", notes),
        };
        return clip;
    }

    /// <summary>
    /// Whether a file is whole whose data end before their announced length: the size in its first header is that of all that is there, or the
    /// announced length counts the headers as well.
    /// </summary>
    /// <param name="length">What the headers announce.</param>
    /// <param name="missing">Bytes that are announced and not there.</param>
    /// <param name="begin">Where the data begin, counted from the end of the first header.</param>
    /// <param name="end">Where they end.</param>
    private static bool IsWhole(DataLength length, ulong missing, long begin, long end)
    {
        const int idAndSize = 8;
        ulong headers = (ulong)begin + RiffHeaderSize;
        long there = end + RiffHeaderSize - idAndSize;
        return missing == headers || missing == headers - idAndSize || length.RiffSize == there || length.RiffSize == there + 1;
    }

    private static void ReverseEachSample(Span<byte> bytes, int size)
    {
        for (int i = 0; i < bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }

    /// <summary>How many bytes of sound a header announces, and whether fewer mean that the file was cut.</summary>
    private readonly record struct DataLength(ulong Bytes, bool IsCertain, uint RiffSize = 0);
}

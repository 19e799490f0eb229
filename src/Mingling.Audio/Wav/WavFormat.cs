using System.Buffers.Binary;

namespace Mingling.Audio;

/// <summary>The format chunk of a WAV file: how its samples are stored.</summary>
/// <param name="Encoding">How a sample is stored.</param>
/// <param name="Channels">The number of channels, at least 1.</param>
/// <param name="SampleRate">Frames per second (Hz), above 0.</param>
public readonly record struct WavFormat(WavEncoding Encoding, int Channels, int SampleRate)
{
    /// <summary>Bytes of a format chunk that are read: those of WAVE_FORMAT_EXTENSIBLE.</summary>
    internal const int MaxSize = 40;

    private const int MinSize = 16;
    private const int SubFormatOffset = 24;
    internal const ushort PcmTag = 1;
    private const ushort FloatTag = 3;
    private const ushort ALawTag = 6;
    private const ushort MuLawTag = 7;
    private const ushort ExtensibleTag = 0xFFFE;

    // KSDATAFORMAT_SUBTYPE: a format tag, then these bytes, the same for every tag.
    private static ReadOnlySpan<byte> SubFormatTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Bytes of one sample of one channel.</summary>
    public int BytesPerSample => WavSamples.BytesPerSample(Encoding);

    /// <summary>Bytes of one frame: a sample of each channel.</summary>
    public int BlockAlign => Channels * BytesPerSample;

    /// <summary>The encoding in words: "PCM 16", "float 32", "A-law" and the like.</summary>
    public string EncodingName => Encoding switch
    {
        WavEncoding.Float32 => "float 32",
        WavEncoding.Float64 => "float 64",
        WavEncoding.ALaw => "A-law",
        WavEncoding.MuLaw => "mu-law",
        _ => $"PCM {8 * BytesPerSample}",
    };

    /// <summary>The format tag to write.</summary>
    internal ushort Tag => Encoding switch
    {
        WavEncoding.Float32 or WavEncoding.Float64 => FloatTag,
        WavEncoding.ALaw => ALawTag,
        WavEncoding.MuLaw => MuLawTag,
        _ => PcmTag,
    };

    /// <summary>Reads a format chunk.</summary>
    /// <param name="chunk">The chunk's content, or at least its first 40 bytes.</param>
    /// <param name="bigEndian">Numbers are big-endian, as in RIFX.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="AudioFormatException">The chunk contradicts itself or names an encoding that is not read.</exception>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk, bool bigEndian, string name)
    {
        if (chunk.Length < MinSize)
            throw new AudioFormatException($"{name} has a WAV format chunk of {chunk.Length} bytes, where at least {MinSize} are needed.");

        ushort tag = UInt16(chunk, 0, bigEndian);
        int channels = UInt16(chunk, 2, bigEndian);
        uint rate = UInt32(chunk, 4, bigEndian);
        int blockAlign = UInt16(chunk, 12, bigEndian);
        int bits = UInt16(chunk, 14, bigEndian);

        if (tag == ExtensibleTag)
            tag = SubFormat(chunk, bigEndian, name);
        if (channels == 0)
            throw new AudioFormatException($"{name} declares 0 channels; a WAV file has at least one.");
        if (rate is 0 or > int.MaxValue)
            throw new AudioFormatException($"{name} declares a sample rate of {rate} Hz, which no recording has.");

        var format = new WavFormat(EncodingOf(tag, bits, name), channels, (int)rate);
        // Other wrong sizes of a frame are passed over; here either number may be the wrong one, and the samples lie differently.
        return format.Encoding != WavEncoding.Pcm24 || blockAlign != 4 * channels
            ? format
            : throw new AudioFormatException(
                $"{name} declares frames of {blockAlign} bytes, but {channels} channels of {bits} bits take {format.BlockAlign}.");
    }

    /// <summary>What is wrong with the size of a frame in a format chunk, as a clause about the file; null where it is right.</summary>
    internal string? BlockAlignNote(ReadOnlySpan<byte> chunk, bool bigEndian) => UInt16(chunk, 12, bigEndian) is var declared && declared == BlockAlign
        ? null
        : $"declares frames of {declared} bytes where {Channels} channel{(Channels == 1 ? "" : "s")} of {EncodingName} take {BlockAlign}, as it is read";

    private static ushort SubFormat(ReadOnlySpan<byte> chunk, bool bigEndian, string name)
    {
        if (chunk.Length >= MaxSize)
        {
            Span<byte> guid = stackalloc byte[MaxSize - SubFormatOffset];
            new Guid(chunk[SubFormatOffset..MaxSize], bigEndian).TryWriteBytes(guid);
            if (guid[2..].SequenceEqual(SubFormatTail))
                return BinaryPrimitives.ReadUInt16LittleEndian(guid);
        }
        throw new AudioFormatException(
            $"{name} is an extensible WAV file whose sub-format is none of PCM, float, A-law and mu-law; convert it to one of them.");
    }

    private static WavEncoding EncodingOf(ushort tag, int bits, string name) => (tag, bits) switch
    {
        // Samples with fewer bits than their bytes hold use the upper bits, so whole bytes are read.
        (PcmTag, >= 1 and <= 8) => WavEncoding.Pcm8,
        (PcmTag, > 8 and <= 16) => WavEncoding.Pcm16,
        (PcmTag, > 16 and <= 24) => WavEncoding.Pcm24,
        (PcmTag, > 24 and <= 32) => WavEncoding.Pcm32,
        (FloatTag, 32) => WavEncoding.Float32,
        (FloatTag, 64) => WavEncoding.Float64,
        (ALawTag, 8) => WavEncoding.ALaw,
        (MuLawTag, 8) => WavEncoding.MuLaw,
        _ => throw NotRead(tag, bits, name),
    };

    private static AudioFormatException NotRead(ushort tag, int bits, string name)
    {
        // Those that libsndfile reads, and what else telephones and recorders write.
        string? codec = tag switch
        {
            0x02 => "MS ADPCM",
            0x11 => "IMA ADPCM",
            0x14 => "G.723 ADPCM",
            0x31 => "GSM 6.10",
            0x40 => "G.721 ADPCM",
            0x45 or 0x64 => "G.726 ADPCM",
            0x50 => "MPEG audio",
            0x55 => "MP3",
            0x161 or 0x162 or 0x163 => "Windows Media Audio",
            _ => null,
        };
        return new AudioFormatException(
            $"{name} is a WAV file with {bits} bits of format {tag}{(codec is null ? "" : $" ({codec})")}; "
            + "PCM of 8 to 32 bits, float of 32 or 64 bits, A-law and mu-law are read, so convert it to one of them.")
        {
            WavCodec = codec is null ? null : $"WAV with {codec}",
        };
    }

    private static ushort UInt16(ReadOnlySpan<byte> chunk, int offset, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(chunk[offset..])
        : BinaryPrimitives.ReadUInt16LittleEndian(chunk[offset..]);

    private static uint UInt32(ReadOnlySpan<byte> chunk, int offset, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(chunk[offset..])
        : BinaryPrimitives.ReadUInt32LittleEndian(chunk[offset..]);
}

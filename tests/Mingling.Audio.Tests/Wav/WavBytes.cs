using System.Buffers.Binary;
using System.Text;

namespace Mingling.Audio.Tests.Wav;

/// <summary>Builds WAV files byte by byte, right and wrong ones, without the project's writer.</summary>
internal sealed record WavBytes
{
    public string Riff { get; init; } = "RIFF";
    public ushort Tag { get; init; } = 1;
    public ushort Channels { get; init; } = 1;
    public uint Rate { get; init; } = 16000;
    public ushort Bits { get; init; } = 16;
    public ushort? BlockAlign { get; init; }
    public byte[] FormatExtension { get; init; } = [];
    public byte[] BeforeFormat { get; init; } = [];
    public byte[] BeforeData { get; init; } = [];
    public byte[] Data { get; init; } = [];
    public uint? DataSize { get; init; }
    public uint? RiffSize { get; init; }
    public byte[] AfterData { get; init; } = [];

    private bool BigEndian => Riff == "RIFX";

    /// <summary>Tag and size of each of the WAV encodings.</summary>
    public static WavBytes Of(WavEncoding encoding) => encoding switch
    {
        WavEncoding.Pcm8 => new() { Bits = 8 },
        WavEncoding.Pcm16 => new(),
        WavEncoding.Pcm24 => new() { Bits = 24 },
        WavEncoding.Pcm32 => new() { Bits = 32 },
        WavEncoding.Float32 => new() { Tag = 3, Bits = 32 },
        WavEncoding.Float64 => new() { Tag = 3, Bits = 64 },
        WavEncoding.ALaw => new() { Tag = 6, Bits = 8 },
        _ => new() { Tag = 7, Bits = 8 },
    };

    /// <summary>16-bit samples as little-endian bytes.</summary>
    public static byte[] Int16(params short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];

    /// <summary>A chunk with its header and, behind odd content, a pad byte.</summary>
    public byte[] Chunk(string id, byte[] content, uint? size = null) =>
        [.. Encoding.ASCII.GetBytes(id), .. UInt32(size ?? (uint)content.Length), .. content, .. new byte[content.Length % 2]];

    public byte[] ToArray()
    {
        byte[] format =
        [
            .. UInt16(Tag), .. UInt16(Channels), .. UInt32(Rate), .. UInt32(Rate * Channels * Bits / 8),
            .. UInt16(BlockAlign ?? (ushort)(Channels * ((Bits + 7) / 8))), .. UInt16(Bits), .. FormatExtension,
        ];
        byte[] chunks = [.. BeforeFormat, .. Chunk("fmt ", format), .. BeforeData, .. Chunk("data", Data, DataSize), .. AfterData];
        return [.. Encoding.ASCII.GetBytes(Riff), .. UInt32(RiffSize ?? (uint)chunks.Length + 4), .. "WAVE"u8, .. chunks];
    }

    private byte[] UInt16(ushort value) => BitConverter.GetBytes(BigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    private byte[] UInt32(uint value) => BitConverter.GetBytes(BigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
}

using System.Buffers.Binary;

namespace Mingling.Audio;

/// <summary>Samples to bytes and back, for every <see cref="WavEncoding"/>, little-endian.</summary>
/// <remarks>
/// Integers of n bits are scaled by 2^(n−1) in both directions, so that what was read is written back bit for bit;
/// +1 itself, which has no code, becomes the largest one.
/// </remarks>
internal static class WavSamples
{
    private const float Scale8 = 1 << 7;
    private const float Scale16 = 1 << 15;
    private const float Scale24 = 1 << 23;
    private const double Scale32 = 1L << 31;

    public static int BytesPerSample(WavEncoding encoding) => encoding switch
    {
        WavEncoding.Pcm8 or WavEncoding.ALaw or WavEncoding.MuLaw => 1,
        WavEncoding.Pcm16 => 2,
        WavEncoding.Pcm24 => 3,
        WavEncoding.Pcm32 or WavEncoding.Float32 => 4,
        WavEncoding.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "There is no such WAV encoding."),
    };

    /// <summary>Decodes <paramref name="bytes"/> into <paramref name="samples"/>, one for every <see cref="BytesPerSample"/>.</summary>
    public static void Decode(WavEncoding encoding, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        switch (encoding)
        {
            case WavEncoding.Pcm8:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = (bytes[i] - 128) / Scale8;
                break;
            case WavEncoding.Pcm16:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) / Scale16;
                break;
            case WavEncoding.Pcm24:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = ReadInt24(bytes.Slice(3 * i, 3)) / Scale24;
                break;
            case WavEncoding.Pcm32:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = (float)(BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]) / Scale32);
                break;
            case WavEncoding.Float32:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
                break;
            case WavEncoding.Float64:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                break;
            default:
                float[] values = encoding == WavEncoding.ALaw ? G711.ALawValues : G711.MuLawValues;
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = values[bytes[i]];
                break;
        }
    }

    /// <summary>Encodes <paramref name="samples"/> into <paramref name="bytes"/>; integer encodings clamp to full scale.</summary>
    public static void Encode(WavEncoding encoding, ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        int size = BytesPerSample(encoding);
        for (int i = 0; i < samples.Length; i++)
            Encode(encoding, samples[i], bytes.Slice(i * size, size));
    }

    private static void Encode(WavEncoding encoding, float sample, Span<byte> bytes)
    {
        switch (encoding)
        {
            case WavEncoding.Pcm8:
                bytes[0] = (byte)(Quantize(sample, Scale8) + 128);
                break;
            case WavEncoding.Pcm16:
                BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)Quantize(sample, Scale16));
                break;
            case WavEncoding.Pcm24:
                int code = (int)Quantize(sample, Scale24);
                (bytes[0], bytes[1], bytes[2]) = ((byte)code, (byte)(code >> 8), (byte)(code >> 16));
                break;
            case WavEncoding.Pcm32:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)Quantize(sample, Scale32));
                break;
            case WavEncoding.Float32:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, sample);
                break;
            case WavEncoding.Float64:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, sample);
                break;
            case WavEncoding.ALaw:
                bytes[0] = G711.EncodeALaw((short)Quantize(sample, Scale16));
                break;
            default:
                bytes[0] = G711.EncodeMuLaw((short)Quantize(sample, Scale16));
                break;
        }
    }

    private static long Quantize(double sample, double scale) => (long)Math.Clamp(Math.Round(sample * scale), -scale, scale - 1);

    private static int ReadInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | ((sbyte)bytes[2] << 16);
}

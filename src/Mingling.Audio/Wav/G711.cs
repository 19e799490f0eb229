using System.Numerics;

namespace Mingling.Audio;

/// <summary>
/// The two companding laws of ITU-T G.711, on 16-bit scale: a code is a sign, a segment (the exponent) of 3 bits and
/// a step within the segment (the mantissa) of 4 bits, and decodes to the middle of its quantisation interval.
/// </summary>
internal static class G711
{
    private const int MuBias = 0x84;
    private const int MuClip = 0x7FFF - MuBias;
    private const int MuInverted = 0xFF;
    private const int AlternateBitsInverted = 0x55;

    /// <summary>Values of the 256 A-law codes, −1…1.</summary>
    public static readonly float[] ALawValues = [.. Enumerable.Range(0, 256).Select(code => DecodeALaw((byte)code) / 32768f)];

    /// <summary>Values of the 256 mu-law codes, −1…1.</summary>
    public static readonly float[] MuLawValues = [.. Enumerable.Range(0, 256).Select(code => DecodeMuLaw((byte)code) / 32768f)];

    /// <summary>The A-law code of a 16-bit sample.</summary>
    public static byte EncodeALaw(short sample)
    {
        // A-law has no code for zero: 0…15 is the smallest positive interval, −16…−1 the smallest negative one.
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = sample >= 0 ? sample : ~sample;
        int segment = Math.Max(0, BitOperations.Log2((uint)magnitude | 1) - 7);
        int mantissa = (magnitude >> (segment == 0 ? 4 : segment + 3)) & 0xF;
        return (byte)((sign | (segment << 4) | mantissa) ^ AlternateBitsInverted);
    }

    /// <summary>The mu-law code of a 16-bit sample.</summary>
    public static byte EncodeMuLaw(short sample)
    {
        int sign = sample < 0 ? 0x80 : 0;
        int biased = Math.Min(Math.Abs((int)sample), MuClip) + MuBias;
        int segment = BitOperations.Log2((uint)biased) - 7;
        int mantissa = (biased >> (segment + 3)) & 0xF;
        return (byte)((sign | (segment << 4) | mantissa) ^ MuInverted);
    }

    private static int DecodeALaw(byte code)
    {
        int bits = code ^ AlternateBitsInverted;
        int segment = (bits >> 4) & 7;
        int middle = ((bits & 0xF) << 4) + 8;
        int magnitude = segment == 0 ? middle : (middle + 0x100) << (segment - 1);
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static int DecodeMuLaw(byte code)
    {
        int bits = code ^ MuInverted;
        int magnitude = ((((bits & 0xF) << 3) + MuBias) << ((bits >> 4) & 7)) - MuBias;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }
}

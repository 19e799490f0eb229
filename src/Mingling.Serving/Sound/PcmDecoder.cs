using System.Buffers.Binary;

namespace Mingling.Serving.Sound;

/// <summary>Raw sound as mono samples in −1…1. Integers of n bits are divided by 2^(n−1), as those of WAV files are; channels become their mean.</summary>
public static class PcmDecoder
{
    /// <summary>Decodes whole frames.</summary>
    /// <param name="format">Their format; it must have no <see cref="PcmFormat.Problem"/>.</param>
    /// <param name="bytes">The frames; a part of one at the end is left out.</param>
    /// <param name="samples">Receives one sample for each frame.</param>
    /// <returns>The number of samples: of frames, or the length of <paramref name="samples"/>, if that is less.</returns>
    /// <exception cref="ArgumentException">The format has a problem.</exception>
    public static int Decode(PcmFormat format, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        if (format.Problem is { } problem) throw new ArgumentException($"The sound cannot be decoded: {problem}.", nameof(format));
        int frames = Math.Min(bytes.Length / format.FrameBytes, samples.Length);
        if (format.Channels == 1)
        {
            for (int i = 0; i < frames; i++) samples[i] = (float)Sample(bytes[(i * format.Width)..], format.Width);
            return frames;
        }
        for (int i = 0; i < frames; i++)
        {
            double sum = 0;
            for (int channel = 0; channel < format.Channels; channel++) sum += Sample(bytes[((i * format.FrameBytes) + (channel * format.Width))..], format.Width);
            samples[i] = (float)(sum / format.Channels);
        }
        return frames;
    }

    private static double Sample(ReadOnlySpan<byte> bytes, int width) => width switch
    {
        1 => (sbyte)bytes[0] / 128.0,
        2 => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768.0,
        3 => (bytes[0] | (bytes[1] << 8) | ((sbyte)bytes[2] << 16)) / 8388608.0,
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648.0,
    };
}

using Mingling.Audio;

namespace Mingling.Serving.Sound;

/// <summary>The format of raw sound: little-endian signed integers, frame by frame.</summary>
/// <param name="SampleRate">Frames per second (Hz), within <see cref="SampleRates"/>.</param>
/// <param name="Width">Bytes of a sample, 1 to 4. Those of one byte are signed too, unlike in WAV.</param>
/// <param name="Channels">Samples of a frame, 1 to <see cref="MostChannels"/>; their mean is used.</param>
public readonly record struct PcmFormat(int SampleRate, int Width, int Channels)
{
    /// <summary>The most channels: 32.</summary>
    public const int MostChannels = 32;

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes => Width * Channels;

    /// <summary>What is wrong with the format, as a sentence without its full stop; null where nothing is.</summary>
    public string? Problem =>
        !SampleRates.Include(SampleRate) ? $"the rate is {SampleRate} Hz; it must be {SampleRates.Range}"
        : Width is < 1 or > 4 ? $"the width is {Width}; a sample has 1, 2, 3 or 4 bytes"
        : Channels is < 1 or > MostChannels ? $"there are {Channels} channels; there must be 1 to {MostChannels}"
        : null;

    /// <summary>As in "16000 Hz, 2 bytes, 1 channel".</summary>
    public override string ToString() => $"{SampleRate} Hz, {Width} {(Width == 1 ? "byte" : "bytes")}, {Channels} {(Channels == 1 ? "channel" : "channels")}";
}

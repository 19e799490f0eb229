using System.Globalization;
using Mingling.Audio;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Models;

/// <summary>Keeps the sound of a room in pieces, each written whole; the oldest go when there are too many.</summary>
internal sealed class BackgroundRecorder(StudioFolder folder, int sampleRate)
{
    public const int Rate = 16_000;
    private const int SecondsOfPiece = 20;
    /// <summary>Two hours, 230 MB.</summary>
    private const int MostPieces = 360;

    private readonly ResamplerStream _resampler = new Resampler(sampleRate, Rate).CreateStream();
    private readonly float[] _piece = new float[Rate * SecondsOfPiece];
    private int _filled;

    public void Add(ReadOnlySpan<float> samples)
    {
        _resampler.Write(samples);
        while (_resampler.Read(_piece.AsSpan(_filled)) is var read and > 0)
        {
            _filled += read;
            if (_filled == _piece.Length) Flush();
        }
    }

    /// <summary>Writes what is there; less than two seconds are not worth a file.</summary>
    public void Flush()
    {
        if (_filled >= 2 * Rate)
        {
            Directory.CreateDirectory(folder.Background);
            WavWriter.Write(Path.Combine(folder.Background, string.Create(CultureInfo.InvariantCulture, $"room-{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}.wav")), new AudioClip(_piece[.._filled], Rate));
            foreach (string old in Directory.EnumerateFiles(folder.Background, "room-*.wav").OrderDescending(StringComparer.Ordinal).Skip(MostPieces)) File.Delete(old);
        }
        _filled = 0;
    }
}

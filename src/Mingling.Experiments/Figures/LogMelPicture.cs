using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>The log-mel features of a clip as a small picture without axes: time to the right, frequency upwards.</summary>
public static class LogMelPicture
{
    /// <summary>The pixels of a feature along both axes, where nothing else is asked for.</summary>
    public const int PixelsPerValue = 3;

    private const int Shades = 24;

    // The range of natural logarithms of energies that recordings of speech fill; it is the same for all pictures, so that they can be compared.
    private const float Quietest = -10, Loudest = 6;

    /// <summary>The picture.</summary>
    /// <param name="features">Frames × bins, natural logarithms of mel energies of a clip of −1 … 1; the last bin of a frame is the highest.</param>
    /// <param name="bins">The values of a frame.</param>
    /// <param name="theme">Its colours: quiet is the colour of the paper.</param>
    /// <param name="low">The value that is drawn as silence.</param>
    /// <param name="high">The value that is drawn as the loudest, above <paramref name="low"/>.</param>
    /// <param name="pixels">The pixels of a feature along both axes, 1 or more; 1 for a page that enlarges the picture itself.</param>
    /// <returns>A PNG file of a few kilobytes.</returns>
    /// <exception cref="ArgumentException">There is no frame, or the values are not whole frames.</exception>
    public static byte[] Png(ReadOnlySpan<float> features, int bins, Theme theme, float low = Quietest, float high = Loudest, int pixels = PixelsPerValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels, 1);
        if (features.Length == 0 || features.Length % bins != 0)
            throw new ArgumentException($"{features.Length} values are not whole frames of {bins}.", nameof(features));
        int frames = features.Length / bins;
        var colors = Colors(Inks.For(theme));
        using var bitmap = new SKBitmap(frames * pixels, bins * pixels, SKColorType.Rgb888x, SKAlphaType.Opaque);
        for (int y = 0; y < bitmap.Height; y++)
            for (int x = 0; x < bitmap.Width; x++)
            {
                float share = (features[x / pixels * bins + (bins - 1 - y / pixels)] - low) / (high - low);
                bitmap.SetPixel(x, y, colors[float.IsNaN(share) ? 0 : (int)Math.Clamp(share * Shades, 0, Shades - 1)]);
            }
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>From paper over the first colour of the series to ink: lightness alone says how loud it is.</summary>
    private static SKColor[] Colors(Inks inks) =>
    [
        .. Enumerable.Range(0, Shades).Select(i => i / (Shades - 1.0))
            .Select(t => t < 0.6 ? Inks.Mix(inks.Paper, inks.Line(0), t / 0.6) : Inks.Mix(inks.Line(0), inks.Text, (t - 0.6) / 0.4))
            .Select(Layer.Color),
    ];
}

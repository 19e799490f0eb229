using Mingling.Training.Storage;
using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>Figures as files. Figures are drawn one at a time, whatever thread asks: ScottPlot's fonts are not safe otherwise.</summary>
public static class FigureFile
{
    /// <summary>The pixels of a point in a PNG file, so that letters are sharp on dense screens.</summary>
    public const int PixelsPerPoint = 2;

    /// <summary>The figure as a PNG file of <see cref="PixelsPerPoint"/> pixels for each point. The same figure gives the same bytes.</summary>
    public static byte[] Png(this Figure figure, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(figure);
        using var surface = SKSurface.Create(new SKImageInfo(
            PixelsPerPoint * figure.Width, PixelsPerPoint * figure.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Scale(PixelsPerPoint);
        Draw(figure, theme, surface.Canvas);
        // Where plots meet between two pixels, the paper shows through.
        surface.Canvas.DrawColor(Layer.Color(Inks.For(theme).Paper), SKBlendMode.DstOver);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>
    /// The figure as an SVG file that needs no font, its letters being outlines, with its title and text alternative within. The same
    /// figure gives the same text. Its identifiers are its own, so that several can stand in one page.
    /// </summary>
    public static string Svg(this Figure figure, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(figure);
        using var stream = new MemoryStream();
        // The file is whole only when its canvas is gone.
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, figure.Width, figure.Height), stream)) Draw(figure, theme, canvas);
        stream.Position = 0;
        return SvgText.Write(stream, figure, theme);
    }

    /// <summary>Writes <c>name.png</c> and <c>name.svg</c>, each whole or not at all, and neither where one cannot be drawn.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="folder">The folder, made where it does not exist.</param>
    /// <param name="theme">Its colours; light by default, for print.</param>
    /// <returns>The paths of the two files.</returns>
    /// <exception cref="CheckpointException">A file cannot be written; what was there before is still there.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static IReadOnlyList<string> Write(Figure figure, string folder, Theme theme = Theme.Light)
    {
        ArgumentNullException.ThrowIfNull(figure);
        (byte[] png, string svg) = (figure.Png(theme), figure.Svg(theme));
        Directory.CreateDirectory(folder);
        (string bitmap, string vector) = (Path.Combine(folder, figure.Name + ".png"), Path.Combine(folder, figure.Name + ".svg"));
        OutputFile.Write(bitmap, stream => stream.Write(png));
        OutputFile.Write(vector, svg);
        return [bitmap, vector];
    }

    /// <summary>Writes one file, whole or not at all: PNG where its name ends in .png, else SVG.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="path">The file.</param>
    /// <param name="theme">Its colours; light by default, for print.</param>
    /// <exception cref="OutputException">The file cannot be written; what was there before is still there.</exception>
    public static void WriteFile(this Figure figure, string path, Theme theme = Theme.Light)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            byte[] png = figure.Png(theme);
            OutputFile.Write(path, stream => stream.Write(png));
        }
        else
        {
            OutputFile.Write(path, figure.Svg(theme));
        }
    }

    private static void Draw(Figure figure, Theme theme, SKCanvas canvas)
    {
        var whole = new PixelRect(0, figure.Width, figure.Height, 0);
        lock (Lettering.Gate)
        {
            var plots = figure.Draw(theme);
            // ScottPlot draws a plot twice when its size is new, one over the other: a rehearsal keeps that out of the file.
            using (var nowhere = SKSurface.CreateNull(figure.Width, figure.Height)) plots.Render(nowhere.Canvas, whole);
            plots.Render(canvas, whole);
        }
    }
}

using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>How a thing looks in the key.</summary>
internal enum KeyMark
{
    Line,
    Dashes,
    Box,
    Dot,
    Ring,

    /// <summary>Words alone.</summary>
    None,
}

/// <summary>An entry of a plot's key.</summary>
/// <param name="Name">What the thing is.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Mark">How it looks.</param>
internal sealed record KeyEntry(string Name, Color Color, KeyMark Mark)
{
    private const float MarkWidth = 18, Gap = 6, Apart = 16;

    private float Indent => Mark == KeyMark.None ? 0 : MarkWidth + Gap;

    /// <summary>Its width with the gap to the next one.</summary>
    public float Width => Indent + Lettering.Width(Name, Chart.TextSize) + Apart;

    /// <summary>Draws it around a middle line and returns its width.</summary>
    public float Draw(SKCanvas canvas, float x, float y, SKPaint text, Inks inks)
    {
        using var fill = Layer.Fill(Color);
        using var stroke = Layer.Stroke(Color, 2);
        switch (Mark)
        {
            case KeyMark.Line:
                canvas.DrawLine(x, y, x + MarkWidth, y, stroke);
                break;
            case KeyMark.Dashes:
                canvas.DrawLine(x, y, x + 0.4f * MarkWidth, y, stroke);
                canvas.DrawLine(x + 0.6f * MarkWidth, y, x + MarkWidth, y, stroke);
                break;
            case KeyMark.Box:
                canvas.DrawRect(x + 3, y - 6, 12, 12, fill);
                break;
            case KeyMark.Dot:
                Stamps.Draw(canvas, Stamp.Disc, new SKPoint(x + MarkWidth / 2, y), 4, fill);
                break;
            case KeyMark.Ring:
                Stamps.Draw(canvas, Stamp.Disc, new SKPoint(x + MarkWidth / 2, y), 5.5f, stroke);
                break;
        }
        Lettering.Draw(canvas, Name, Chart.TextSize, x + Indent, y + Lettering.HalfCapital * Chart.TextSize, text);
        return Width;
    }
}

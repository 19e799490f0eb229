using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <content>Where the marks of the axes and the entries of the key stand.</content>
internal sealed partial class Chart
{
    private const float Tight = 1.25f, Slant = 50, Narrow = 15;

    private double BottomSpan() => Math.Abs(Plot.Axes.Bottom.Range.Span);

    /// <summary>Ticks that stand close, one for each row of a plot, are written smaller.</summary>
    private float LeftSize(float height)
    {
        if (_left.Length < 2) return TextSize;
        double rows = Math.Abs(Plot.Axes.Left.Range.Span) / _left.Zip(_left.Skip(1), (a, b) => Math.Abs(a.Place - b.Place)).Min();
        return (float)Math.Clamp(0.8 * height / rows / Tight, 5, TextSize);
    }

    /// <summary>The size of the words at the bottom and their angle, given the points between two of them.</summary>
    private (float Size, float Angle) BottomStyle(double spacing)
    {
        if (!_words || _bottom.Max(mark => Lettering.Width(mark.Label, TextSize)) < spacing - 6) return (TextSize, 0);
        return ((float)Math.Clamp(spacing / Tight, 5, TextSize), spacing < Narrow ? 90 : Slant);
    }

    private float BottomHeight(double spacing)
    {
        if (_bottom.Length == 0) return 0;
        var (size, angle) = BottomStyle(spacing);
        if (angle == 0) return TickGap + TextSize;
        float widest = Math.Min(LabelRoom, _bottom.Max(mark => Lettering.Width(mark.Label, size)));
        return TickGap + widest * MathF.Sin(angle * MathF.PI / 180) + (angle < 90 ? size * MathF.Cos(angle * MathF.PI / 180) : 0);
    }

    private void DrawTicks(RenderPack rp, PixelRect area, SKPaint soft)
    {
        float size = LeftSize(rp.FigureRect.Height);
        foreach (var mark in _left)
            Place(rp.Canvas, Lettering.Fit(mark.Label, size, LabelRoom), size, area.Left - TickGap,
                Plot.Axes.Left.GetPixel(mark.Place, area) + Lettering.HalfCapital * size, 1, soft);
        if (_bottom.Length == 0) return;
        var (bottomSize, angle) = BottomStyle(area.Width / BottomSpan());
        foreach (var mark in _bottom)
        {
            float x = Plot.Axes.Bottom.GetPixel(mark.Place, area), y = area.Bottom + TickGap;
            if (angle == 0)
            {
                Place(rp.Canvas, mark.Label, bottomSize, x, y + 0.8f * bottomSize, 0.5f, soft);
                continue;
            }
            rp.Canvas.Save();
            rp.Canvas.Translate(x, y);
            rp.Canvas.RotateDegrees(-angle);
            Place(rp.Canvas, Lettering.Fit(mark.Label, bottomSize, LabelRoom), bottomSize, 0,
                angle < 90 ? 0.7f * bottomSize : Lettering.HalfCapital * bottomSize, 1, soft);
            rp.Canvas.Restore();
        }
    }

    private List<List<KeyEntry>> KeyRows(float width)
    {
        var rows = new List<List<KeyEntry>> { new() };
        float used = 0;
        foreach (var entry in _key)
        {
            if (used > 0 && used + entry.Width > width)
            {
                rows.Add([]);
                used = 0;
            }
            rows[^1].Add(entry);
            used += entry.Width;
        }
        return rows;
    }

    private static void Equalize(Plot plot, PixelRect area)
    {
        var limits = plot.Axes.GetLimits();
        double unit = Math.Max(limits.HorizontalSpan / area.Width, limits.VerticalSpan / area.Height);
        double x = limits.HorizontalCenter, y = limits.VerticalCenter, halfWidth = unit * area.Width / 2, halfHeight = unit * area.Height / 2;
        plot.Axes.SetLimits(x - halfWidth, x + halfWidth, y - halfHeight, y + halfHeight);
    }
}

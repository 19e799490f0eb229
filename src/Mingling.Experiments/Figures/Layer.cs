using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>What ScottPlot has no plot type for, drawn straight onto its canvas.</summary>
/// <param name="draw">Draws with a canvas and the place of a point on it.</param>
internal sealed class Layer(Action<SKCanvas, Func<double, double, SKPoint>> draw) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp) => draw(rp.Canvas, (x, y) => new SKPoint(Axes.GetPixelX(x), Axes.GetPixelY(y)));

    public static SKColor Color(Color color) => new(color.R, color.G, color.B, color.A);

    /// <summary>A paint that fills.</summary>
    public static SKPaint Fill(Color color) => new() { Color = Color(color), IsAntialias = true };

    /// <summary>A paint that draws lines.</summary>
    public static SKPaint Stroke(Color color, float width)
    {
        var paint = Fill(color);
        paint.IsStroke = true;
        paint.StrokeWidth = width;
        paint.StrokeJoin = SKStrokeJoin.Round;
        return paint;
    }
}

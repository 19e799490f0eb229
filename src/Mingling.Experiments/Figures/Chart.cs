using ScottPlot;
using ScottPlot.LayoutEngines;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>
/// A plot in the dress of all figures: ScottPlot draws axes, grids and curves; titles, ticks, the key and labels are <see cref="Lettering"/>'s.
/// </summary>
internal sealed partial class Chart : ILayoutEngine, IRenderAction
{
    /// <summary>The height of ticks, keys and labels in points.</summary>
    public const float TextSize = 12;

    private const float TitleSize = 13.5f, Line = 18, Edge = 10, TickGap = 7;

    private readonly Inks _inks;
    private readonly List<ChartText> _texts = [];
    private readonly List<KeyEntry> _key = [];
    private AxisMark[] _bottom = [], _left = [];
    private bool _words;

    public Chart(Inks inks)
    {
        _inks = inks;
        Plot.Layout.LayoutEngine = this;
        Plot.RenderManager.RenderActions.Add(this);
        Plot.FigureBackground.Color = inks.Paper;
        Plot.DataBackground.Color = Colors.Transparent;
        Plot.Axes.Color(inks.Soft);
        Plot.Axes.Frame(false);
        Plot.Grid.MajorLineColor = inks.Grid;
        Plot.Grid.MajorLineWidth = 1;
        foreach (var axis in new IAxis[] { Plot.Axes.Bottom, Plot.Axes.Left })
        {
            axis.TickLabelStyle.IsVisible = false;
            axis.MajorTickStyle.Length = axis.MinorTickStyle.Length = 0;
        }
        Ticks([], []);
    }

    public Plot Plot { get; } = new();

    /// <summary>The heading of one plot among several; empty for none.</summary>
    public string Title { get; init; } = "";

    public string XLabel { get; init; } = "";

    public string YLabel { get; init; } = "";

    /// <summary>Room at the right for texts beside the plot.</summary>
    public float RightRoom { get; init; } = 16;

    /// <summary>Whether a unit is as long upwards as sideways; the limits are widened where they must be.</summary>
    public bool EqualScale { get; init; }

    /// <summary>The most that words at the left may take.</summary>
    public float LabelRoom { get; init; } = 200;

    /// <summary>The least that marks at the left take, so that plots above one another begin at one place.</summary>
    public float LeastLabels { get; init; }

    public Chart Limits(double left, double right, double bottom, double top)
    {
        Plot.Axes.SetLimits(left, right, bottom, top);
        return this;
    }

    /// <summary>Sets the marks of both axes, from which lines of the grid go out.</summary>
    public Chart Ticks(IReadOnlyList<AxisMark> bottom, IReadOnlyList<AxisMark> left)
    {
        (_bottom, _left) = ([.. bottom], [.. left]);
        Plot.Axes.Bottom.SetTicks([.. bottom.Select(mark => mark.Place)], [.. bottom.Select(_ => "")]);
        Plot.Axes.Left.SetTicks([.. left.Select(mark => mark.Place)], [.. left.Select(_ => "")]);
        return this;
    }

    /// <summary>Has the marks shrink and turn where they stand close: those at the bottom are words.</summary>
    public Chart BottomWords()
    {
        _words = true;
        return this;
    }

    public void Key(string name, Color color, KeyMark mark = KeyMark.Line) => _key.Add(new KeyEntry(name, color, mark));

    /// <summary>Writes a text at a place of the plot, also outside its axes.</summary>
    public void Text(ChartText text) => _texts.Add(text);

    public Layout GetLayout(PixelRect rect, Plot plot, Paint paint)
    {
        float size = LeftSize(rect.Height), left = Edge + (YLabel.Length > 0 ? Line + 4 : 0);
        if (_left.Length > 0) left += TickGap + Math.Clamp(_left.Max(mark => Lettering.Width(mark.Label, size)), LeastLabels, LabelRoom);
        float top = Edge + (Title.Length > 0 ? Line + 6 : 0);
        if (_key.Count > 0) top += Line * KeyRows(rect.Width - left - Edge).Count + 4;
        float bottom = Edge + (XLabel.Length > 0 ? Line + 2 : 0) + BottomHeight((rect.Width - left - RightRoom) / BottomSpan());
        var layout = new FixedPadding(new PixelPadding(left, RightRoom, bottom, top)).GetLayout(rect, plot, paint);
        if (EqualScale) Equalize(plot, layout.DataRect);
        return layout;
    }

    public void Render(RenderPack rp)
    {
        var area = rp.DataRect;
        using var text = Layer.Fill(_inks.Text);
        using var soft = Layer.Fill(_inks.Soft);
        float head = rp.FigureRect.Top + Edge;
        if (Title.Length > 0)
        {
            Lettering.Draw(rp.Canvas, Lettering.Fit(Title, TitleSize, rp.FigureRect.Right - area.Left - Edge), TitleSize, area.Left, head + TitleSize, text);
            head += Line + 6;
        }
        foreach (var row in _key.Count > 0 ? KeyRows(rp.FigureRect.Right - area.Left - Edge) : [])
        {
            float x = area.Left;
            foreach (var entry in row) x += entry.Draw(rp.Canvas, x, head + Line / 2, text, _inks);
            head += Line;
        }
        DrawTicks(rp, area, soft);
        if (XLabel.Length > 0)
            Place(rp.Canvas, XLabel, TextSize, area.HorizontalCenter, rp.FigureRect.Bottom - Edge - 3, 0.5f, soft);
        if (YLabel.Length > 0)
        {
            rp.Canvas.Save();
            rp.Canvas.Translate(rp.FigureRect.Left + Edge + TextSize, area.VerticalCenter);
            rp.Canvas.RotateDegrees(-90);
            Place(rp.Canvas, YLabel, TextSize, 0, 0, 0.5f, soft);
            rp.Canvas.Restore();
        }
        foreach (var item in _texts)
            item.Draw(rp.Canvas, rp.Plot.Axes.Bottom.GetPixel(item.X, area), rp.Plot.Axes.Left.GetPixel(item.Y, area), item.Color ?? _inks.Text, _inks.Paper);
    }

    /// <summary>Draws a text whose left end, middle or right end (<paramref name="share"/> 0, 0.5 or 1) is at x.</summary>
    internal static void Place(SKCanvas canvas, string text, float size, float x, float y, float share, SKPaint paint) =>
        Lettering.Draw(canvas, text, size, x - share * Lettering.Width(text, size), y, paint);
}

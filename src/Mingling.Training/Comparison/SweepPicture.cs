using System.Globalization;
using Mingling.Training.Evaluation;
using ScottPlot;
using SkiaSharp;

namespace Mingling.Training.Comparison;

/// <summary>Sweeps of losses' weights and parameters as one picture, a panel for each axis.</summary>
internal static class SweepPicture
{
    private const int PanelWidth = 760, Height = 560;
    private const double LogarithmicFrom = 20;

    /// <summary>What the center-loss paper (Wen et al. 2016) calls them.</summary>
    private static readonly Dictionary<string, string> Symbols = new() { ["center.weight"] = "λ", ["center.rate"] = "α" };

    public static byte[] Png(IReadOnlyList<SweepPanel> panels) =>
        Draw(panels).Render(PanelWidth * panels.Count, Height).GetImageBytes(ImageFormat.Png);

    public static byte[] Svg(IReadOnlyList<SweepPanel> panels)
    {
        float width = PanelWidth * panels.Count;
        using var stream = new MemoryStream();
        // The file is whole only when its canvas is gone.
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, Height), stream))
            Draw(panels).Render(canvas, new PixelRect(0, width, Height, 0));
        return stream.ToArray();
    }

    private static Multiplot Draw(IReadOnlyList<SweepPanel> panels)
    {
        var multiplot = new Multiplot();
        multiplot.AddPlots(panels.Count);
        for (int i = 0; i < panels.Count; i++) Draw(multiplot.GetPlot(i), panels[i]);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Columns();
        return multiplot;
    }

    private static void Draw(Plot plot, SweepPanel panel)
    {
        PictureFont.Use(plot, panel.Lines.Select(line => line.Label));
        double[] values = [.. panel.Lines.SelectMany(line => line.Points).Select(point => point.Value).Distinct().Order()];
        var place = Places(values);
        int lines = 0;
        foreach (var line in panel.Lines)
        {
            double[] xs = [.. line.Points.Select(point => place(point.Value))], ys = [.. line.Points.Select(point => 100 * point.Accuracy)];
            var scatter = plot.Add.Scatter(xs, ys, plot.Add.Palette.GetColor(lines++));
            scatter.LegendText = line.Label;
            scatter.LineWidth = 2;
            scatter.MarkerSize = 7;
            var bars = plot.Add.ErrorBar(xs, ys, [.. line.Points.Select(point => 100 * (point.Deviation ?? 0))]);
            bars.Color = scatter.Color;
        }
        plot.Axes.Bottom.SetTicks([.. values.Select(place)], [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))]);
        plot.XLabel(Symbols.TryGetValue(panel.Axis, out string? symbol) ? $"{symbol}  ({panel.Axis})" : panel.Axis);
        plot.YLabel("recognised (%), mean ± standard deviation");
        plot.Title($"Accuracy against {panel.Axis}");
        if (panel.Lines.Any(line => line.Label.Length > 0)) plot.ShowLegend(Edge.Right);
    }

    /// <summary>Values over more than a factor of 20 lie on a logarithmic axis, 0 one step before the smallest.</summary>
    private static Func<double, double> Places(double[] values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        if (positive.Length < 2 || values[0] < 0 || positive[^1] / positive[0] < LogarithmicFrom) return value => value;
        double zero = Math.Log10(positive[0]) - Math.Log10(positive[^1] / positive[0]) / (positive.Length - 1);
        return value => value > 0 ? Math.Log10(value) : zero;
    }
}

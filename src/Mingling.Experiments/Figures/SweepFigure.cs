using Mingling.Experiments.Comparison;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>Accuracy against losses' weights and parameters, a panel for each axis of a grid, as the center-loss paper shows λ and α.</summary>
public static class SweepFigure
{
    private const int PanelWidth = 620, PanelHeight = 440;
    private const double LogarithmicFrom = 20;

    /// <summary>What the center-loss paper (Wen et al. 2016) calls them.</summary>
    private static readonly Dictionary<string, string> Symbols = new() { ["center.weight"] = "λ", ["center.rate"] = "α" };

    /// <summary>The figure; null where nothing was swept.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="plan">What it compares.</param>
    public static Figure? Draw(ComparisonReport report, ComparisonPlan plan)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(plan);
        var panels = SweepPanel.Arrange(report, plan);
        return panels.Count == 0 ? null : Figure.Make("sweep", "Accuracy against the settings of the loss", string.Join(" ", panels.Select(Alternative)),
            2, PanelWidth, PanelHeight, [.. panels.Select(panel => (Func<Inks, Plot>)(inks => Draw(panel, inks)))]);
    }

    private static Plot Draw(SweepPanel panel, Inks inks)
    {
        double[] values = [.. panel.Lines.SelectMany(line => line.Points).Select(point => point.Value).Distinct().Order()];
        var place = Places(values);
        double[] ends = [.. panel.Lines.SelectMany(line => line.Points).SelectMany(point => new[] { Low(point), High(point) })];
        double left = place(values[0]), right = place(values[^1]), room = 0.06 * (right - left), height = Math.Max(0.5, 0.08 * (ends.Max() - ends.Min()));
        var chart = new Chart(inks)
        {
            Title = $"Accuracy against {Name(panel)}",
            XLabel = panel.Axis,
            YLabel = "recognised (%), mean ± standard deviation",
        };
        chart.Limits(left - room, right + room, ends.Min() - height, ends.Max() + height)
            .Ticks([.. values.Select(value => new AxisMark(place(value), Ticks.Number(value)))], Ticks.Round(ends.Min() - height, ends.Max() + height, 6));
        for (int i = 0; i < panel.Lines.Count; i++)
        {
            var (line, color) = (panel.Lines[i], inks.Line(i));
            // Lines share their places: intervals stand side by side, and not on one another.
            double aside = (i - (panel.Lines.Count - 1) / 2.0) * 0.012 * (right - left);
            double[] xs = [.. line.Points.Select(point => place(point.Value) + aside)];
            chart.Curve(xs, [.. line.Points.Select(point => 100 * point.Accuracy)], color);
            for (int k = 0; k < xs.Length; k++)
            {
                chart.Dot(xs[k], 100 * line.Points[k].Accuracy, color, 4, Stamps.ByIndex(i));
                if (line.Points[k].Deviation > 0) chart.Rule(xs[k], Low(line.Points[k]), xs[k], High(line.Points[k]), color, 1, LinePattern.Solid);
            }
            if (line.Label.Length > 0) chart.Key(line.Label, color);
        }
        return chart.Plot;
    }

    private static double Low(SweepPoint point) => 100 * (point.Accuracy - (point.Deviation ?? 0));

    private static double High(SweepPoint point) => 100 * (point.Accuracy + (point.Deviation ?? 0));

    private static string Name(SweepPanel panel) => Symbols.TryGetValue(panel.Axis, out string? symbol) ? symbol : panel.Axis;

    private static string Alternative(SweepPanel panel)
    {
        var (line, best) = panel.Lines.SelectMany(line => line.Points.Select(point => (line, point))).MaxBy(pair => pair.point.Accuracy);
        string others = line.Label.Length > 0 ? $" with {line.Label}" : "";
        return $"Against {panel.Axis} in {panel.Lines.Count} {(panel.Lines.Count == 1 ? "line" : "lines")}, the best accuracy is "
            + $"{Percent.Format(best.Accuracy)} at {Ticks.Number(best.Value)}{others}.";
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

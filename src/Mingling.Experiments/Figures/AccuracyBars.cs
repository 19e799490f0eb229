using Mingling.Experiments.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>Bars of shares recognised, worst first, each with its 95 % interval (Wilson 1927) and the number of clips.</summary>
internal static class AccuracyBars
{
    private const int Row = 22, Margins = 74, Width = 640;
    private const float RightRoom = 120;

    /// <summary>Someone or something of which clips were recognised.</summary>
    public sealed record Bar(string Name, int Clips, double Accuracy)
    {
        public int Right => (int)Math.Round(Accuracy * Clips);

        public Interval Interval => Interval.Wilson(Right, Clips);
    }

    /// <param name="name">The name of the files.</param>
    /// <param name="kind">What the bars are, in the singular, such as "speaker".</param>
    /// <param name="bars">The bars, worst first, at least one.</param>
    /// <param name="most">The most bars to draw.</param>
    public static Figure Draw(string name, string kind, IReadOnlyList<Bar> bars, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (bars.Count == 0) throw new ArgumentException($"there must be at least one {kind}.", nameof(bars));
        var (worst, best) = (bars[0], bars[^1]);
        string cut = bars.Count > most ? $" The worst {most} are shown." : "";
        string alternative = bars.Count == 1
            ? $"Of the {kind} {worst.Name}, {Percent.Format(worst.Accuracy)} of {worst.Clips} clips were recognised."
            : $"Recognised by {kind}, {bars.Count} in all: from {Percent.Format(worst.Accuracy)} for {worst.Name} ({worst.Right} of {worst.Clips} clips) "
                + $"to {Percent.Format(best.Accuracy)} for {best.Name}.{cut}";
        return Figure.Make(name, $"Recognised by {kind}", alternative, Width, Math.Min(bars.Count, most) * Row + Margins, inks => Draw(kind, bars, most, inks));
    }

    public static Plot Draw(string kind, IReadOnlyList<Bar> bars, int most, Inks inks, string title = "")
    {
        var shown = bars.Take(most).ToList();
        var chart = new Chart(inks) { Title = title, RightRoom = RightRoom, XLabel = Label(kind, bars.Count, shown.Count) };
        chart.Limits(0, 100, shown.Count - 0.5, -0.5)
            .Ticks(Figures.Ticks.Round(0, 100), [.. shown.Select((bar, i) => new AxisMark(i, bar.Name))]);
        chart.Plot.Grid.YAxisStyle.IsVisible = false;
        chart.Boxes(shown.Select((bar, i) => (0.0, i - 0.34, 100 * bar.Accuracy, i + 0.34, Inks.Mix(inks.Paper, inks.Line(0), 0.55))));
        for (int i = 0; i < shown.Count; i++)
        {
            chart.Whisker(100 * shown[i].Interval.Low, 100 * shown[i].Interval.High, i, inks.Text);
            chart.Text(new ChartText(Percent.Format(shown[i].Accuracy), 100, i) { Share = 1, Right = 58 });
            chart.Text(new ChartText($"{shown[i].Right}/{shown[i].Clips}", 100, i) { Share = 0, Right = 66, Color = inks.Soft });
        }
        return chart.Plot;
    }

    private static string Label(string kind, int all, int shown) => shown < all
        ? $"recognised (%), the worst {shown} of {all} {kind}s; lines: 95 % intervals"
        : "recognised (%); lines: 95 % intervals";
}

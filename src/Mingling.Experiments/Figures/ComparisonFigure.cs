using Mingling.Experiments.Comparison;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>The accuracy of each loss of a comparison: every run as a small dot, their mean and its standard deviation.</summary>
public static class ComparisonFigure
{
    private const int Width = 860, Row = 30, Margins = 84;
    private const float RightRoom = 150;

    /// <summary>The figure.</summary>
    /// <param name="report">The comparison, of which one run is finished or more.</param>
    /// <exception cref="ArgumentException">No run is finished.</exception>
    public static Figure Draw(ComparisonReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var known = report.Variants.Where(variant => variant.Accuracy is not null).ToList();
        if (known.Count == 0) throw new ArgumentException("no run of the comparison is finished.", nameof(report));
        var best = known.MaxBy(variant => variant.Accuracy)!;
        string alternative = $"Accuracy of {(known.Count == 1 ? "one loss" : $"{known.Count} losses")} over {report.FinishedRuns} runs: best is {best.Loss} with {Score(best)}"
            + $"{(known[0] == best ? "" : $", the first is {known[0].Loss} with {Score(known[0])}")}. "
            + $"{Count(known.Count(variant => variant.Real == true))} from the first beyond chance.";
        return Figure.Make("losses", "Accuracy by loss", alternative, Width, known.Count * Row + Margins, inks => Draw(known, inks));
    }

    private static Plot Draw(List<VariantScore> variants, Inks inks)
    {
        double[] all = [.. variants.SelectMany(Values).Select(value => 100 * value)];
        double room = Math.Max(0.5, 0.06 * (all.Max() - all.Min())), low = Math.Max(0, all.Min() - room), high = Math.Min(100.5, all.Max() + room);
        var chart = new Chart(inks) { RightRoom = RightRoom, LabelRoom = 320, XLabel = "recognised (%), mean ± standard deviation" };
        chart.Limits(low, high, variants.Count - 0.5, -0.5)
            .Ticks(Ticks.Round(low, high, 6), [.. variants.Select((variant, i) => new AxisMark(i, variant.Loss))]);
        if (variants.Count > 1) chart.Rule(100 * variants[0].Accuracy!.Value, -0.5, 100 * variants[0].Accuracy!.Value, variants.Count - 0.5, inks.Soft, 1);
        for (int i = 0; i < variants.Count; i++)
        {
            var variant = variants[i];
            double mean = 100 * variant.Accuracy!.Value, deviation = 100 * (variant.AccuracyDeviation ?? 0);
            var color = variant.Real == true ? inks.Line(variant.AccuracyDifference < 0 ? 1 : 2) : inks.Line(0);
            foreach (var run in variant.Runs) if (run.Accuracy is { } accuracy) chart.Ring(100 * accuracy, i, inks.Soft, 3, 1);
            if (deviation > 0) chart.Whisker(mean - deviation, mean + deviation, i, color);
            chart.Dot(mean, i, color, 5);
            chart.Text(new ChartText(Score(variant), high, i) { Share = 0, Right = 12 });
        }
        if (variants.Any(variant => variant.Runs.Count > 1)) chart.Key("a run", inks.Soft, KeyMark.Ring);
        chart.Key("mean", inks.Line(0), KeyMark.Dot);
        if (variants.Any(variant => variant.Real == true && variant.AccuracyDifference >= 0)) chart.Key("better than the first beyond chance", inks.Line(2), KeyMark.Dot);
        if (variants.Any(variant => variant.Real == true && variant.AccuracyDifference < 0)) chart.Key("worse beyond chance", inks.Line(1), KeyMark.Dot);
        return chart.Plot;
    }

    private static IEnumerable<double> Values(VariantScore variant)
    {
        double deviation = variant.AccuracyDeviation ?? 0;
        return [.. variant.Runs.Select(run => run.Accuracy).OfType<double>(), variant.Accuracy!.Value - deviation, variant.Accuracy.Value + deviation];
    }

    private static string Score(VariantScore variant) =>
        variant.AccuracyDeviation is { } deviation ? $"{100 * variant.Accuracy:0.0} ± {100 * deviation:0.0} %" : Percent.Format(variant.Accuracy!.Value);

    private static string Count(int real) => real switch { 0 => "None differs", 1 => "One differs", _ => $"{real} differ" };
}

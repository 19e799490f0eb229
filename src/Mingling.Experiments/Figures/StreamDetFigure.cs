using Mingling.MetricLearning.Evaluation;
using Mingling.Recognition.Streaming.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>
/// Missed words against false alarms per hour in streams: the rate on a logarithmic axis, the misses on a normal-deviate one (Martin et al.
/// 1997). The nearer to the lower left, the better.
/// </summary>
public static class StreamDetFigure
{
    private const int Width = 640, Height = 480;
    private static readonly double[] Shares = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95];

    /// <summary>The figure.</summary>
    /// <param name="curves">The evaluations and what they are of, at least one, at best not above eight.</param>
    /// <exception cref="ArgumentException">There is no curve, or none with a point.</exception>
    public static Figure Draw(IReadOnlyList<(string Name, StreamEvaluation Evaluation)> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (!curves.Any(curve => curve.Evaluation.Curve.Count > 0)) throw new ArgumentException("there must be at least one curve with a point.", nameof(curves));
        return Figure.Make("stream-det", "Missed words against false alarms per hour (DET)", string.Join(" ", curves.Select(curve => Alternative(curve.Name, curve.Evaluation))),
            Width, Height + (18 * curves.Count), inks => Draw(curves, inks));
    }

    private static string Alternative(string name, StreamEvaluation evaluation) => $"{name}: missed " + string.Join(", ", StreamEvaluation.UsualRates.Select(rate =>
        $"{(evaluation.FalseRejectionRateAt(rate) is { } missed ? Percent.Format(missed) : "more than measured")} at {rate} false alarms per hour")) + ".";

    private static Plot Draw(IReadOnlyList<(string Name, StreamEvaluation Evaluation)> curves, Inks inks)
    {
        // No alarm has no place on a logarithmic axis: it is drawn as half an alarm in the time that was heard.
        double least = curves.Min(curve => 0.5 / Hours(curve.Evaluation));
        double most = Math.Max(10 * least, curves.Max(curve => curve.Evaluation.Curve.Select(point => point.FalseAlarmsPerHour).DefaultIfEmpty(0).Max()));
        double[] marked = [.. Shares.Where(share => share >= LowestShare(curves))];
        double low = NormalQuantile.Compute(marked[0]), high = NormalQuantile.Compute(0.97);
        var chart = new Chart(inks) { XLabel = "false alarms per hour", YLabel = "missed words (%)" };
        chart.Limits(Math.Log10(least), Math.Log10(most) + 0.05, low, high)
            .Ticks(Ticks.Powers(Math.Log10(least), Math.Log10(most)), [.. marked.Select(share => new AxisMark(NormalQuantile.Compute(share), $"{100 * share:0.#}"))]);
        for (int i = 0; i < curves.Count; i++)
        {
            var points = curves[i].Evaluation.Curve;
            double floor = 0.5 / Hours(curves[i].Evaluation);
            chart.Curve(
                [.. points.Select(point => Math.Log10(Math.Max(floor, point.FalseAlarmsPerHour)))],
                [.. points.Select(point => Math.Clamp(NormalQuantile.Compute(Math.Clamp(point.FalseRejectionRate, 1e-6, 1 - 1e-6)), low, high))], inks.Line(i), 2.2f);
            chart.Key($"{curves[i].Name}: {(curves[i].Evaluation.FalseRejectionRateAt(1) is { } missed ? $"{Percent.Format(missed)} missed at 1 per hour" : "1 per hour not reached")}", inks.Line(i));
        }
        return chart.Plot;
    }

    private static double Hours(StreamEvaluation evaluation) => Math.Max(1e-4, evaluation.AtThresholds.SpeechHours ?? evaluation.AtThresholds.Hours);

    /// <summary>The largest mark at or below all shares above 0, so that curves use the height of the picture.</summary>
    private static double LowestShare(IReadOnlyList<(string Name, StreamEvaluation Evaluation)> curves)
    {
        double lowest = curves.SelectMany(curve => curve.Evaluation.Curve).Select(point => point.FalseRejectionRate).Where(share => share > 0).DefaultIfEmpty(Shares[0]).Min();
        return Shares.LastOrDefault(share => share <= lowest, Shares[0]) is var mark && mark > 0.2 ? 0.2 : mark;
    }
}

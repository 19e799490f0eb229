using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Experiments.Reports.Page;

/// <summary>How a run hears its commands in a long recording: what it misses and why, what it takes for a command, and the trade-off between them.</summary>
internal static class StreamSection
{
    public const string Title = "In a stream";

    public static Html Write(RunParts parts)
    {
        if (parts.Run.Stream is not { } stream) return Html.Empty;
        var report = stream.Evaluation.AtThresholds;
        return Html.Format($"""
            <section id="{parts.Id("stream")}" aria-labelledby="{parts.Id("stream")}-h"><h3 id="{parts.Id("stream")}-h">{Title}</h3>
            <p>{Words.Count(report.Words, "command")} in {report.Hours:0.00} hours of <bdi>{stream.Name}</bdi>. At the thresholds of the model {Missed(stream.Evaluation)}, with {Words.Count(report.FalseAlarms, "false alarm")}{(report.LatencyMedian is { } median ? $"; half of the others were decided within {1000 * median:0} ms of the word's end and 95 % within {1000 * report.Latency95:0} ms" : "")}.</p>
            <div class="sides"><div class="scroll" role="region" tabindex="0" aria-label="Misses at rates of false alarms"><table>
            <caption>One threshold for all commands{(report.SpeechHours is null ? "" : ", false alarms in other speech")}</caption>
            <thead><tr><th scope="col" class="n">false alarms an hour</th><th scope="col" class="n">missed</th><th scope="col" class="n">wrong commands</th><th scope="col" class="n">threshold</th></tr></thead>
            <tbody>{StreamEvaluation.UsualRates.Select(rate => Row(rate, stream.Evaluation.PointAt(rate)))}</tbody></table></div></div>
            <div class="figures">{parts.Figures.Streaming.Select(FigureImage.Write)}</div></section>

            """);
    }

    private static Html Row(double rate, TradeOffPoint? point) => point is null
        ? Html.Format($"<tr><td class=\"n\">{Words.Number(rate, "0.#")}</td><td class=\"n\">not reached</td><td class=\"n\">–</td><td class=\"n\">–</td></tr>")
        : Html.Format($"<tr><td class=\"n\">{Words.Number(rate, "0.#")}</td><td class=\"n\">{Words.Percent(point.FalseRejectionRate)}</td><td class=\"n\">{Words.Percent(point.WrongCommandRate)}</td><td class=\"n\">{Words.Number(point.Threshold, "0.000")}</td></tr>");

    private static string Missed(StreamEvaluation evaluation)
    {
        var causes = evaluation.Misses.SelectMany(misses => misses).CountBy(miss => miss.Cause).OrderByDescending(cause => cause.Value).ToArray();
        if (causes.Length == 0) return "none is missed";
        return $"{Words.Percent(evaluation.AtThresholds.FalseRejectionRate ?? 0)} are missed ({string.Join(", ", causes.Select(cause => $"{cause.Value:N0} {Miss.Describe(cause.Key)}"))})";
    }
}

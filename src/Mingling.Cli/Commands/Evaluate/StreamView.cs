using System.Text.Json;
using Mingling.Cli.Host;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary>An evaluated stream in the terminal and as JSON.</summary>
internal static class StreamView
{
    public static void PrintJson(StreamEvaluation evaluation)
    {
        var report = evaluation.AtThresholds;
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                report.Words,
                report.Missed,
                report.FalseRejectionRate,
                MissCauses = Causes(evaluation).ToDictionary(cause => JsonNamingPolicy.CamelCase.ConvertName($"{cause.Key}"), cause => cause.Value),
                report.WrongCommands,
                report.LateHits,
                report.RepeatedHits,
                report.FalseAlarms,
                report.Hours,
                report.FalseAlarmsPerHour,
                FalseAlarmInterval = report.FalseAlarmInterval.Upper < double.PositiveInfinity ? report.FalseAlarmInterval : null,
                report.SpeechFalseAlarms,
                report.SpeechHours,
                report.SpeechFalseAlarmsPerHour,
                evaluation.Matches[0].Settings.ToleranceSeconds,
                report.LatencyMedian,
                report.Latency95,
                FalseRejectionRateAt = StreamEvaluation.UsualRates.Select(rate => (Rate: rate, Point: evaluation.PointAt(rate)))
                    .Select(at => new { FalseAlarmsPerHour = at.Rate, at.Point?.FalseRejectionRate, at.Point?.WrongCommandRate, at.Point?.Threshold }),
                evaluation.Curve,
            },
            CliJson.Options));
    }

    public static void Print(StreamEvaluation evaluation)
    {
        var report = evaluation.AtThresholds;
        Console.WriteLine($"words\t{report.Words}\nmissed\t{report.Missed}\t{report.FalseRejectionRate:0.0 %}");
        foreach (var (cause, count) in Causes(evaluation).Where(cause => cause.Value > 0)) Console.WriteLine($"\t{count}\t{Miss.Describe(cause)}");
        Console.WriteLine($"wrong commands\t{report.WrongCommands}\nrepeated\t{report.RepeatedHits}");
        var interval = report.FalseAlarmInterval;
        Console.WriteLine($"false alarms\t{report.FalseAlarms} in {report.Hours:0.00} h\t{report.FalseAlarmsPerHour:0.00} per hour (95 %: {interval.Lower:0.00} to {interval.Upper:0.00})");
        if (report.FalseAlarms == 0) Console.WriteLine($"\tno false alarm in {report.Hours:0.00} h proves only fewer than {interval.AtMost:0.0} per hour");
        if (report.SpeechFalseAlarms is { } among) Console.WriteLine($"in other speech\t{among} in {report.SpeechHours:0.00} h\t{report.SpeechFalseAlarmsPerHour:0.00} per hour");
        if (report.LatencyMedian is { } median) Console.WriteLine($"latency\tmedian {1000 * median:0} ms, 95 % {1000 * report.Latency95:0} ms after the word's end");
        string where = report.SpeechHours is null ? "" : " of other speech";
        foreach (double rate in StreamEvaluation.UsualRates)
        {
            Console.WriteLine($"missed at {rate} per hour{where}\t" + (evaluation.PointAt(rate) is { } point
                ? $"{point.FalseRejectionRate:0.0 %}\twrong commands {point.WrongCommandRate:0.0 %}\tthreshold {point.Threshold:0.000}"
                : "not reached"));
        }
    }

    private static Dictionary<MissCause, int> Causes(StreamEvaluation evaluation)
    {
        var counts = evaluation.Misses.SelectMany(misses => misses).CountBy(miss => miss.Cause).ToDictionary();
        return Enum.GetValues<MissCause>().ToDictionary(cause => cause, cause => counts.GetValueOrDefault(cause));
    }
}

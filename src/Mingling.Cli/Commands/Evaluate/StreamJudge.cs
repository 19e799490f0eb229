using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling evaluate --stream</c>: how well the labelled words of a stream are heard.</summary>
internal static class StreamJudge
{
    /// <param name="path">A model file, or the folder of a run.</param>
    /// <param name="last">Whether to use a run's weights after the last epoch.</param>
    /// <param name="stream">A recording.</param>
    /// <param name="labels">What is said in it: start,end,word.</param>
    /// <param name="json">Whether to print one JSON object.</param>
    public static void Run(string path, bool last, string stream, string labels, bool json)
    {
        var words = LabelFile.Read(labels);
        using var recognizer = OpenedModel.OpenRecognizer(path, last);
        using var model = recognizer.OpenSpottingModel();
        var settings = SpotterSettings.FromCard(recognizer.Card);
        using var heard = StreamFile.Open(stream);
        var track = PosteriorTrack.RecordAsync(model, heard, settings).GetAwaiter().GetResult();
        StreamEvaluation evaluation;
        try
        {
            evaluation = StreamEvaluation.Measure([(track, words)], settings.Decision);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{labels}: {ArgumentMessage.WithoutParameter(e)}");
        }
        if (json) PrintJson(evaluation);
        else Print(evaluation);
    }

    private static void PrintJson(StreamEvaluation evaluation)
    {
        var report = evaluation.AtThresholds;
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                report.Words,
                report.Missed,
                report.FalseRejectionRate,
                report.FalseAlarms,
                report.Hours,
                report.FalseAlarmsPerHour,
                FalseAlarmInterval = report.FalseAlarmInterval.Upper < double.PositiveInfinity ? report.FalseAlarmInterval : null,
                report.LatencyMedian,
                report.Latency95,
                FalseRejectionRateAt = StreamEvaluation.UsualRates.Select(rate => new { FalseAlarmsPerHour = rate, FalseRejectionRate = evaluation.FalseRejectionRateAt(rate) }),
                evaluation.Curve,
            },
            CliJson.Options));
    }

    private static void Print(StreamEvaluation evaluation)
    {
        var report = evaluation.AtThresholds;
        Console.WriteLine($"words\t{report.Words}\nmissed\t{report.Missed}\t{report.FalseRejectionRate:0.0 %}");
        var interval = report.FalseAlarmInterval;
        Console.WriteLine($"false alarms\t{report.FalseAlarms} in {report.Hours:0.00} h\t{report.FalseAlarmsPerHour:0.00} per hour (95 %: {interval.Lower:0.00} to {interval.Upper:0.00})");
        if (report.FalseAlarms == 0) Console.WriteLine($"\tno false alarm in {report.Hours:0.00} h proves only fewer than {interval.AtMost:0.0} per hour");
        if (report.LatencyMedian is { } median) Console.WriteLine($"latency\tmedian {1000 * median:0} ms, 95 % {1000 * report.Latency95:0} ms after the word's end");
        foreach (double rate in StreamEvaluation.UsualRates)
            Console.WriteLine($"missed at {rate} per hour\t{(evaluation.FalseRejectionRateAt(rate) is { } missed ? $"{missed:0.0 %}" : "not reached")}");
    }
}

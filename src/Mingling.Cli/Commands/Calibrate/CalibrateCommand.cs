using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Calibration;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling calibrate</c>: thresholds with a meaning, found on sound without commands.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var command = new Command("calibrate", "Sets the thresholds of a model file for a rate of false alarms, measured on sound without commands.");
        var model = new Argument<string>("MODEL") { Description = "Model file (.onnx)." }.NotEmpty();
        Option<string[]> background = new("--background")
        {
            Description = "Recordings without any command, or folders of them; the longer, the better.",
            HelpName = "FILE|DIR",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<double> target = new("--false-alarms-per-hour")
        {
            Description = "Rate of false alarms of all words together.",
            DefaultValueFactory = _ => 0.5,
            HelpName = "RATE",
        };
        var source = new Option<string?>("--source") { Description = "Description of the background, noted in the file.", HelpName = "TEXT" }.NotEmpty();
        var output = new Option<string?>("--out") { Description = "Model file to write (default: the same file).", HelpName = "FILE" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print the result as one JSON object." };
        command.Arguments.Add(model);
        foreach (var option in new Option[] { background, target, source, output, json }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(model)!;
            double rate = parsed.GetValue(target);
            if (!(rate > 0) || double.IsInfinity(rate)) throw new UsageException($"--false-alarms-per-hour takes a rate above 0, not {rate}.");
            string[] named = parsed.GetValue(background)!, files = SoundFiles.Find(named);
            OutputPaths.MustNotBe(parsed.GetValue(output), files);
            using var recognizer = Recognizer.Load(path);
            using var spotting = recognizer.OpenSpottingModel();
            // Old thresholds are nothing to go by.
            var settings = SpotterSettings.FromCard(recognizer.Card with { Calibration = null });
            var tracks = SoundFiles.Read(named, files, Hear);
            var found = ThresholdCalibration.Find(tracks, settings.Decision, rate);
            string origin = parsed.GetValue(source) ?? $"{tracks.Length} recordings";
            // Words may have come and gone meanwhile.
            ModelFile.Update(path, card => card with
            {
                Calibration = new Calibration(rate, found.Hours, origin)
                {
                    Commands = [.. found.Thresholds.Where(threshold => card.Classes.Concat(card.Enrolled.Select(word => word.Word)).Contains(threshold.Command))],
                    HopMs = settings.HopMs,
                    SmoothingMs = settings.Decision.SmoothingMs,
                },
            }, parsed.GetValue(output));
            Print(found, parsed.GetValue(json));
            return CommandLine.Success;

            PosteriorTrack Hear(string file)
            {
                using var source = StreamFile.Open(file);
                return PosteriorTrack.RecordAsync(spotting, source, settings).GetAwaiter().GetResult();
            }
        });
        return command;
    }

    private static void Print(ThresholdCalibration found, bool json)
    {
        if (json)
        {
            var commands = found.Commands.Select(c => new
            {
                Word = c.Threshold.Command,
                c.Threshold.Threshold,
                c.FalseAlarms,
                c.Threshold.FalseAlarmsPerHour,
                c.Threshold.FalseAlarmsPerHourAtMost,
                c.MeetsTarget,
            });
            Console.WriteLine(JsonSerializer.Serialize(
                new { found.Hours, FalseAlarmsPerHour = found.TargetPerHour, found.FalseAlarms, found.Interval.Lower, found.Interval.Upper, found.Interval.AtMost, found.Tuned, found.Claim, commands }, CliJson.Options));
            return;
        }
        foreach (var command in found.Commands)
            Console.WriteLine($"{ShownText.OnOneLine(command.Threshold.Command)}\t{command.Threshold.Threshold:0.000}\t{command.FalseAlarms} false alarms{(command.MeetsTarget ? "" : ", too many even at the largest threshold")}");
        Console.WriteLine(found.Claim);
    }
}

using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling spot</c>: the commands in a stream, as they come.</summary>
internal static class SpotCommand
{
    public static Command Create()
    {
        var command = new Command("spot", "Spots commands in recordings, a pipe or the microphone.");
        var model = OpenedModel.AddArgument(command);
        var input = new StreamInput(command);
        Option<double?> threshold = new("--threshold") { Description = "Threshold of all trained words, above 0 and at most 1, instead of the calibrated ones; enrolled words keep theirs.", HelpName = "SCORE" };
        Option<bool> noGate = new("--no-gate") { Description = "Run the model on silence too." };
        var keep = new Option<string?>("--keep-alarms") { Description = "New or empty folder for the sound before each event, to listen to and to learn from.", HelpName = "DIR" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print one JSON object per command." };
        foreach (var option in new Option[] { threshold, noGate, keep, json }) command.Options.Add(option);
        var limits = new ModelLimits(command);

        command.SetAction(parsed =>
        {
            var kept = parsed.GetValue(keep) is { } folder ? new KeptAlarms(folder, "--keep-alarms") : null;
            using var recognizer = OpenedModel.OpenRecognizer(parsed.GetValue(model)!, limits: limits.Read(parsed));
            var adjust = Adjustment(recognizer.Card, parsed.GetValue(threshold), parsed.GetValue(noGate));
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += Stop;
            try
            {
                foreach (var (file, source) in input.Open(parsed, recognizer.SampleRate))
                {
                    using var owned = source as IDisposable;
                    Listen(recognizer.OpenStream(source.SampleRate, adjust), source, file, kept, parsed.GetValue(json), stop.Token).GetAwaiter().GetResult();
                }
            }
            finally
            {
                Console.CancelKeyPress -= Stop;
            }
            return CommandLine.Success;

            void Stop(object? sender, ConsoleCancelEventArgs e)
            {
                // A pipe may never give the next sample; whoever asks a second time does not want to wait for it.
                e.Cancel = !stop.IsCancellationRequested;
                stop.Cancel();
            }
        });
        return command;
    }

    private static Func<SpotterSettings, SpotterSettings> Adjustment(ModelCard card, double? threshold, bool noGate)
    {
        if (threshold is not (null or (> 0 and <= 1))) throw new UsageException($"--threshold takes a score above 0 and at most 1, not {threshold}.");
        return settings =>
        {
            if (threshold is { } common) settings = settings.WithTrainedThreshold(card, common);
            return noGate ? settings with { Gate = null } : settings;
        };
    }

    private static async Task Listen(CommandSpotter opened, ISampleSource source, string? file, KeptAlarms? kept, bool json, CancellationToken cancellationToken)
    {
        var recent = kept is null ? null : new RecentSound(source);
        using var spotter = opened;
        await foreach (var heard in spotter.ListenAsync(recent ?? source, cancellationToken))
        {
            string? sound = kept?.Add(heard, recent!.Copy(), source.SampleRate);
            Console.WriteLine(json
                ? JsonSerializer.Serialize(
                    new
                    {
                        file,
                        heard.Word,
                        Time = Rounded(heard.Time),
                        Start = Rounded(heard.Start),
                        End = Rounded(heard.End),
                        Score = Math.Round(heard.Score, 4),
                        heard.FalseAlarmsPerHour,
                        sound,
                    },
                    CliJson.Options)
                : $"{(file is null ? "" : ShownText.OnOneLine(file) + "\t")}{heard.Start:0.00}\t{heard.End:0.00}\t{ShownText.OnOneLine(heard.Word)}\t{heard.Score:0.000}");
        }
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 3);
}

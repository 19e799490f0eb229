using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Recognition;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling mine</c>: what a model takes for commands in sound in which none is said, the surest first.</summary>
internal static class MineCommand
{
    public static Command Create()
    {
        var command = new Command("mine", "Finds what a model takes for commands in sound without any, for 'train --negative' to learn from.");
        var model = OpenedModel.AddArgument(command);
        var sound = new Argument<string[]>("FILE|DIR") { Description = "Recordings in which no command is said, or folders of them.", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(sound);
        var threshold = new Option<double>("--threshold") { Description = "Lowest score of the trained words, above 0 and at most 1.", DefaultValueFactory = _ => 0.5, HelpName = "SCORE" };
        var most = new Option<int>("--most") { Description = "Number of places to show.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var keep = new Option<string?>("--keep") { Description = "New or empty folder for the sound of every place found.", HelpName = "DIR" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print all places as one JSON object." };
        foreach (var option in new Option[] { threshold, most, keep, json }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            double least = parsed.GetValue(threshold);
            if (!(least is > 0 and <= 1)) throw new UsageException($"--threshold takes a score above 0 and at most 1, not {least}.");
            if (parsed.GetValue(most) < 1) throw new UsageException($"--most takes a number from 1, not {parsed.GetValue(most)}.");
            var kept = parsed.GetValue(keep) is { } folder ? new KeptAlarms(folder, "--keep") : null;
            string[] files = SoundFiles.Find(parsed.GetValue(sound)!);
            using var recognizer = OpenedModel.OpenRecognizer(parsed.GetValue(model)!);
            var places = new List<Place>();
            double seconds = 0;
            foreach (string file in files) seconds += Search(recognizer, file, least, kept, places, cancellation);
            places.Sort((a, b) => b.Heard.Score.CompareTo(a.Heard.Score));
            if (parsed.GetValue(json)) PrintJson(places, seconds);
            else Print(places, seconds, parsed.GetValue(most), parsed.GetValue(keep), kept);
            return CommandLine.Success;
        }, CancellationToken.None));
        return command;
    }

    private static double Search(Recognizer recognizer, string file, double threshold, KeptAlarms? kept, List<Place> places, CancellationToken cancellation)
    {
        using var opened = StreamFile.Open(file);
        var source = new RecentSound(opened);
        using var spotter = recognizer.OpenStream(source.SampleRate, settings => settings.WithTrainedThreshold(recognizer.Card, threshold));
        // Short pieces, so that the sound that is kept ends soon after the event.
        float[] piece = new float[Math.Max(1, source.SampleRate / 10)];
        while (source.ReadAsync(piece, cancellation).AsTask().GetAwaiter().GetResult() is var read and > 0)
        {
            spotter.Push(piece.AsSpan(0, read));
            Take();
        }
        spotter.Complete();
        Take();
        return spotter.Duration;

        void Take()
        {
            while (spotter.TryRead(out var heard)) places.Add(new Place(file, heard, kept?.Add(heard, source.Copy(), source.SampleRate)));
        }
    }

    private static void Print(List<Place> places, double seconds, int most, string? folder, KeptAlarms? kept)
    {
        foreach (var place in places.Take(most)) Console.WriteLine($"{place.Heard.Score:0.000}\t{place.Heard.Word}\t{place.Heard.Time:0.00}\t{place.File}");
        Console.WriteLine($"{places.Count:N0} places in {Duration.Text(seconds)} of sound{(places.Count > most ? $"; the first {most} are shown" : "")}.");
        if (kept is { Count: > 0 })
            Console.WriteLine($"Listen to {folder}, delete what is a command, and learn from the rest: 'mingling train CORPUS --recipe room --negative {TrainCommand.Quoted(folder!)}'.");
    }

    private static void PrintJson(List<Place> places, double seconds) => Console.WriteLine(JsonSerializer.Serialize(
        new { seconds, places = places.Select(place => new { place.File, place.Heard.Word, place.Heard.Time, place.Heard.Score, place.Kept }) }, CliJson.Options));

    /// <summary>A place that was taken for a command.</summary>
    private sealed record Place(string File, CommandEvent Heard, string? Kept);
}

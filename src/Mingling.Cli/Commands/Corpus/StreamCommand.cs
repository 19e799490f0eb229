using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mingling.Audio;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Corpora.Streams;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling corpus stream</c>: a long labelled stream of commands among other speech, in noise, to judge a model by.</summary>
internal sealed class StreamCommand
{
    private static readonly StreamRequest Defaults = new() { Commands = [] };

    private readonly CorpusArguments _corpus;
    private readonly Option<string?> _list = new Option<string?>("--list") { Description = "List of the clips to use (default: all).", HelpName = "FILE" }.NotEmpty();
    private readonly Option<string?> _words = new Option<string?>("--words") { Description = "Use only these words as commands, separated by commas.", HelpName = "WORDS" }.NotEmpty();
    private readonly Option<string?> _speakers = new Option<string?>("--speakers") { Description = "Use only the clips of these speakers, separated by commas.", HelpName = "SPEAKERS" }.NotEmpty();

    private readonly Option<string[]> _phrases = new Option<string[]>("--phrases")
    {
        Description = "Recordings of other speech between the commands, or folders of them, such as another corpus; nothing in them is a command.",
        HelpName = "FILE|DIR",
        AllowMultipleArgumentsPerToken = true,
    }.NotEmpty();

    private readonly Option<string[]> _noise = new Option<string[]>("--noise")
    {
        Description = "Recordings of noise that runs through the stream, or folders of them (default: silence).",
        HelpName = "FILE|DIR",
        AllowMultipleArgumentsPerToken = true,
    }.NotEmpty();

    private readonly Option<double> _snr = new("--snr") { Description = "With --noise: level of the speech over the noise in decibels.", DefaultValueFactory = _ => Defaults.SnrDb, HelpName = "DB" };

    private readonly Option<string> _pause = new Option<string>("--pause")
    {
        Description = "Shortest and longest pause before a command or phrase, in seconds.",
        DefaultValueFactory = _ => string.Create(CultureInfo.InvariantCulture, $"{Defaults.ShortestPause},{Defaults.LongestPause}"),
        HelpName = "MIN,MAX",
    }.NotEmpty();

    private readonly Option<int?> _commands = new("--commands") { Description = "Number of commands (default: each clip once).", HelpName = "N" };
    private readonly Option<double?> _hours = new("--phrase-hours") { Description = "Hours of --phrases, pauses not counted (default: each recording once).", HelpName = "HOURS" };
    private readonly Option<double> _rooms = new("--rooms") { Description = "Share of commands and phrases with the echo of a room, 0 to 1.", DefaultValueFactory = _ => Defaults.RoomShare, HelpName = "SHARE" };
    private readonly Option<int> _rate = new("--sample-rate") { Description = "Sample rate of the stream in hertz.", DefaultValueFactory = _ => Defaults.SampleRate, HelpName = "HZ" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of all random draws.", DefaultValueFactory = _ => Defaults.Seed, HelpName = "N" };
    private readonly Option<string> _output = new Option<string>("--out") { Description = "WAV file to write.", Required = true, HelpName = "FILE" }.NotEmpty();
    private readonly Option<string?> _labels = new Option<string?>("--labels") { Description = "File of what is said when (default: --out with the ending .csv).", HelpName = "FILE" }.NotEmpty();
    private readonly Option<bool> _json = new("--json") { Description = "Print what was made as one JSON object." };

    private StreamCommand(Command command)
    {
        _corpus = new CorpusArguments(command, forTraining: false);
        foreach (var option in new Option[] { _list, _words, _speakers, _phrases, _noise, _snr, _pause, _commands, _hours, _rooms, _rate, _seed, _output, _labels, _json })
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
    }

    public static Command Create()
    {
        var command = new Command("stream", "Makes a long labelled stream of a corpus' commands, other speech and noise, for 'evaluate --stream'.");
        _ = new StreamCommand(command);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string output = parsed.GetValue(_output)!, labels = parsed.GetValue(_labels) ?? Path.ChangeExtension(output, ".csv");
        if (Path.GetFullPath(output) == Path.GetFullPath(labels)) throw new UsageException($"{output} cannot hold the stream and its labels; name another file with --labels.");
        var settings = Settings(parsed);
        var source = _corpus.Read(parsed);
        foreach (string file in new[] { output, labels })
        {
            OutputPaths.MustNotReplaceWithin(file, source.Path);
            OutputPaths.MustNotBe(file, [source.Path, .. parsed.GetValue(_list) is { } list ? [list] : Array.Empty<string>()]);
        }
        var request = settings with
        {
            Commands = CommandClips.Choose(source, parsed.GetValue(_list), Names(parsed.GetValue(_words)), Names(parsed.GetValue(_speakers))),
            Phrases = Recordings(parsed.GetValue(_phrases), CorpusClip.UnknownLabel),
            Noise = Recordings(parsed.GetValue(_noise), CorpusClip.NoiseLabel),
            Strict = source.Options.Strict,
        };
        string[] read = [.. request.Commands.Concat(request.Phrases).Concat(request.Noise).Select(clip => clip.Path)];
        OutputPaths.MustNotBe(output, read);
        OutputPaths.MustNotBe(labels, read);
        var made = LabeledStream.Write(request, output, labels, cancellation);
        CorpusNotes.Print(made.Problems);
        Print(made, output, labels, parsed.GetValue(_json));
        return CommandLine.Success;
    }

    /// <summary>What can be wrong without looking at a file is told first.</summary>
    private StreamRequest Settings(ParseResult parsed)
    {
        bool isNoisy = parsed.GetValue(_noise) is { Length: > 0 }, hasPhrases = parsed.GetValue(_phrases) is { Length: > 0 };
        if (!isNoisy && parsed.GetResult(_snr) is { Implicit: false }) throw new UsageException("--snr goes with --noise.");
        if (!hasPhrases && parsed.GetValue(_hours) is not null) throw new UsageException("--phrase-hours goes with --phrases.");
        double snr = parsed.GetValue(_snr), rooms = parsed.GetValue(_rooms);
        if (!(snr is >= StreamRequest.LowestSnrDb and <= StreamRequest.HighestSnrDb))
            throw new UsageException($"--snr takes decibels from {StreamRequest.LowestSnrDb} to {StreamRequest.HighestSnrDb}, not {snr}.");
        if (!(rooms is >= 0 and <= 1)) throw new UsageException($"--rooms takes a share from 0 to 1, not {rooms}.");
        if (parsed.GetValue(_commands) is < 1 and var count) throw new UsageException($"--commands takes a number from 1, not {count}.");
        if (parsed.GetValue(_hours) is { } hours && !(hours is > 0 and <= 1000)) throw new UsageException($"--phrase-hours takes hours above 0 and at most 1000, not {hours}.");
        int rate = parsed.GetValue(_rate);
        if (!SampleRates.Include(rate)) throw new UsageException($"--sample-rate takes {SampleRates.Range}, not {rate}.");
        (double shortest, double longest) = Pause(parsed.GetValue(_pause)!);
        return new StreamRequest
        {
            Commands = [],
            CommandCount = parsed.GetValue(_commands),
            PhraseHours = parsed.GetValue(_hours),
            SnrDb = snr,
            ShortestPause = shortest,
            LongestPause = longest,
            RoomShare = rooms,
            SampleRate = rate,
            Seed = parsed.GetValue(_seed),
        };
    }

    private static (double Shortest, double Longest) Pause(string text)
    {
        string[] ends = text.Split(',', StringSplitOptions.TrimEntries);
        return ends.Length == 2 && Seconds(ends[0], out double shortest) && Seconds(ends[1], out double longest) && shortest >= 0 && shortest <= longest && longest <= StreamRequest.MostPause
            ? (shortest, longest)
            : throw new UsageException($"--pause takes the shortest and the longest pause in seconds, such as 0.5,2.5, not '{text}'.");

        static bool Seconds(string end, out double seconds) => NumberText.TryReal(end, out seconds);
    }

    private static CorpusClip[] Recordings(string[]? paths, string label) =>
        paths is null or [] ? [] : [.. SoundFiles.Find(paths).Select(file => new CorpusClip(Path.GetFullPath(file), file, label))];

    private static string[] Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];

    private static void Print(StreamSummary made, string output, string labels, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { stream = output, labels, made.Seconds, made.Commands, made.CommandHours, made.Phrases, made.PhraseHours, skipped = made.Problems.Count }, CliJson.Options));
            return;
        }

        string phrases = made.Phrases == 0 ? "" : $" and {made.Phrases:N0} phrases ({Duration.Text(3600 * made.PhraseHours)})";
        Console.WriteLine($"{output}: {Duration.Text(made.Seconds)} with {made.Commands:N0} commands{phrases}; labels in {labels}.");
        Console.WriteLine($"Judge by it: 'mingling evaluate MODEL --stream {TrainCommand.Quoted(output)} --labels {TrainCommand.Quoted(labels)}'.");
    }
}

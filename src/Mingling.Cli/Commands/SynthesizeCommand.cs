using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mingling.Corpora.Speech;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling corpus synthesize</c>: words spoken by many voices of eSpeak NG, to be learned from beside recordings.</summary>
internal static class SynthesizeCommand
{
    public static Command Create()
    {
        var command = new Command("synthesize", "Speaks words with many voices of eSpeak NG, as clips to learn from; 'train --add' takes them.");
        var words = new Option<string>("--words")
        {
            Description = "The words, one a line; with a tab behind it another text, or [[phonemes]], that is said for it.",
            Required = true,
            HelpName = "FILE",
        }.NotEmpty();
        var output = new Option<string>("--out") { Description = "Folder of the clips and their manifest.", Required = true, HelpName = "DIR" }.NotEmpty();
        var language = new Option<string>("--language") { Description = "The language, such as en, de or zh.", DefaultValueFactory = _ => "en", HelpName = "LANGUAGE" }.NotEmpty();
        var voices = new Option<string?>("--voices")
        {
            Description = "How many voices to draw (60 by default), or their names separated by commas, such as en-us+f3.",
            HelpName = "N|V1,V2",
        }.NotEmpty();
        var clips = Number("--clips-per-word", "Clips of each word; as many as there are voices by default.", 1, 100_000);
        var near = Number("--near", "Pseudo-words near to each word in sound, spoken as _unknown_.", 0, 1000);
        var rate = Number("--sample-rate", "Rate of the files in hertz: 16000 by default, or that of your recordings where it is lower.", 4000, 48_000);
        var seed = Number("--seed", "The seed of all that is drawn; 1 by default.", 0, int.MaxValue);
        var noise = new Option<string?>("--noise") { Description = "Folder of noise recordings to mix into half of the clips.", HelpName = "DIR" }.NotEmpty();
        var program = new Option<string>("--espeak") { Description = "The program, where it is not found by its name.", DefaultValueFactory = _ => "espeak-ng", HelpName = "PROGRAM" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print what was made as one JSON object." };
        foreach (var option in new Option[] { words, output, language, voices, clips, near, rate, seed, noise, program, json }) command.Options.Add(option);

        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = Path.GetFullPath(parsed.GetValue(output)!);
            string? asked = parsed.GetValue(voices);
            int? count = Count(asked);
            var (request, report) = await Task.Run(() =>
            {
                var list = WordList.Read(Path.GetFullPath(parsed.GetValue(words)!));
                var espeak = EspeakNg.Open(parsed.GetValue(program)!, cancellation: cancellation);
                int chance = parsed.GetValue(seed) ?? 1;
                var speakers = asked is null || count is not null
                    ? VoicePool.Draw(espeak, parsed.GetValue(language)!, count, (ulong)chance)
                    : asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                var wanted = new SynthesisRequest
                {
                    Words = list,
                    Voices = speakers,
                    ClipsPerWord = parsed.GetValue(clips) ?? speakers.Count,
                    NearWords = parsed.GetValue(near) ?? 0,
                    SampleRate = parsed.GetValue(rate) ?? 16_000,
                    NoiseFolder = parsed.GetValue(noise) is { } path ? Path.GetFullPath(path) : null,
                    Seed = chance,
                };
                return (wanted, Make(espeak, wanted, folder, cancellation));
            }, CancellationToken.None);
            foreach (string note in report.Notes) CommandLine.Complain($"note: {note}");
            Print(request, report, folder, parsed.GetValue(json));
            return CommandLine.Success;
        });
        return command;
    }

    private static SynthesisReport Make(EspeakNg espeak, SynthesisRequest wanted, string folder, CancellationToken cancellation)
    {
        try
        {
            return CorpusSynthesizer.Run(espeak, wanted, folder, Environment.ProcessorCount, cancellation);
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain("stopped; the same command goes on from there.");
            throw;
        }
    }

    /// <summary>How many voices are asked for; null where they are named, or not spoken of.</summary>
    private static int? Count(string? asked) =>
        asked is null || asked.Any(c => !char.IsAsciiDigit(c) && c != ',') ? null
        : int.TryParse(asked, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new UsageException("--voices takes a number from 1, or names of voices.");

    private static void Print(SynthesisRequest request, SynthesisReport report, string folder, bool json)
    {
        int words = request.Words.Select(word => word.Label).Distinct().Count();
        if (json)
        {
            var made = new { folder, report.Clips, report.Made, report.NearWords, words, voices = request.Voices, report.Notes };
            Console.WriteLine(JsonSerializer.Serialize(made, CliJson.Options));
            return;
        }
        string near = report.NearWords > 0 ? $", {report.NearWords:N0} of them of near words" : "";
        Console.WriteLine($"{folder}: {report.Clips:N0} clips ({report.Made:N0} new) of {words} words by {request.Voices.Count} voices{near}.");
        Console.WriteLine($"Learn from them beside recordings: 'mingling train RECORDINGS --add {TrainCommand.Quoted(folder)} --out RUN'.");
    }

    private static Option<int?> Number(string name, string description, int from, int to)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int value) && (value < from || value > to))
                result.AddError($"{name} takes {from} to {to}, not {value}.");
        });
        return option;
    }
}

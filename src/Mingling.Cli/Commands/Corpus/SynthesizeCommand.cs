using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Corpora.Speech;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling corpus synthesize</c>: words spoken by many voices of eSpeak NG, to be learned from beside recordings.</summary>
internal static class SynthesizeCommand
{
    public static Command Create()
    {
        var command = new Command("synthesize", "Synthesizes words with many voices of eSpeak NG, as training clips for 'train --add'.");
        var words = new Option<string>("--words")
        {
            Description = "Text file of the words, one per line; after a tab, another text or [[phonemes]] to speak instead.",
            Required = true,
            HelpName = "FILE",
        }.NotEmpty();
        var output = new Option<string>("--out") { Description = "Folder of the clips and their manifest.", Required = true, HelpName = "DIR" }.NotEmpty();
        var language = new Option<string>("--language") { Description = "Language, such as en, de or zh.", DefaultValueFactory = _ => "en", HelpName = "LANGUAGE" }.NotEmpty();
        var voices = new Option<string?>("--voices")
        {
            Description = "Number of voices to draw (default: 60), or their names separated by commas, such as en-us+f3.",
            HelpName = "N|V1,V2",
        }.NotEmpty();
        var clips = Number("--clips-per-word", "Clips per word (default: one per voice).", 1, 100_000);
        var near = Number("--near", "Pseudo-words per word that sound like it, with the label _unknown_ (default: none).", 0, 1000);
        var rate = Number("--sample-rate", "Sample rate of the files in hertz (default: 16000); give that of your recordings if it is lower.", 4000, 48_000);
        var seed = Number("--seed", "Seed of all random draws (default: 1).", 0, int.MaxValue);
        var noise = new Option<string?>("--noise") { Description = "Folder of noise recordings to mix into half of the clips.", HelpName = "DIR" }.NotEmpty();
        var program = new Option<string>("--espeak") { Description = "The eSpeak NG program, if it is not on the search path.", DefaultValueFactory = _ => "espeak-ng", HelpName = "PROGRAM" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print what was created as one JSON object." };
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

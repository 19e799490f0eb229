using System.CommandLine;
using System.Text.Json;
using Mingling.Audio;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition.Vectors;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling vectors</c>: what a recogniser in another language must compute too.</summary>
internal static class VectorsCommand
{
    public static Command Create()
    {
        var command = new Command("vectors", "Writes test vectors for recognisers in other languages: features, scores and events of sounds at several rates.");
        var model = new Argument<string>("MODEL") { Description = "Model file (.onnx), or base." }.NotEmpty();
        Argument<string[]> sounds = new("SOUND") { Description = "Sound files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "New or empty folder to write.", HelpName = "DIR", Required = true }.NotEmpty();
        Option<int[]> rates = new("--rate")
        {
            Description = "Sample rates in hertz at which each sound is heard (default: 8000 16000 44100 48000).",
            HelpName = "HERTZ",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<ulong> seed = new("--seed") { Description = "Seed of the sizes of the pieces in which streams are pushed.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<bool> json = new("--json") { Description = "Print the numbers as one JSON object." };
        command.Arguments.Add(model);
        command.Arguments.Add(sounds);
        foreach (var option in new Option[] { output, rates, seed, json }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(output)!;
            EmptyFolder.Require(folder, "--out");
            var settings = new VectorSettings { Seed = parsed.GetValue(seed) };
            if (parsed.GetValue(rates) is { Length: > 0 } given) settings = settings with { Rates = [.. given.Distinct()] };
            foreach (int rate in settings.Rates)
                if (!SampleRates.Include(rate)) throw new UsageException($"--rate takes {SampleRates.Range}, not {rate}.");
            string[] named = parsed.GetValue(sounds)!;
            var clips = SoundFiles.Read(named, SoundFiles.Find(named), AudioFile.Read);
            var written = TestVectors.Write(parsed.GetValue(model)!, clips, folder, settings);
            if (written.NoStreams is { } reason) CommandLine.Complain($"note: there are no streams, because {reason}");
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { written.Streams, written.Clips, written.Events, folder }, CliJson.Options)
                : $"{ShownText.OnOneLine(folder)}\t{written.Streams} streams\t{written.Events} events\t{written.Clips} clips");
            return CommandLine.Success;
        });
        return command;
    }
}

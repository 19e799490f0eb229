using System.CommandLine;
using System.Text.Json;
using Mingling.Audio;
using Mingling.Training;
using Mingling.Training.Data;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling recognize</c>: which word each file holds.</summary>
internal static class RecognizeCommand
{
    public static Command Create()
    {
        var command = new Command("recognize", "Recognises the word in each sound file.");
        Argument<string> run = new Argument<string>("RUN") { Description = "Folder of the run." }.NotEmpty();
        Argument<string[]> files = new("FILE") { Description = "Sound files.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = new("--json") { Description = "Print one JSON object for each file." };
        command.Arguments.Add(run);
        command.Arguments.Add(files);
        command.Options.Add(json);

        command.SetAction(parsed =>
        {
            Torch.Start();
            using var model = CommandModel.Load(RunDirectory.Open(parsed.GetValue(run)!));
            bool failed = false;
            foreach (string file in parsed.GetValue(files)!)
            {
                if (Recognize(model, file) is not { } result)
                {
                    failed = true;
                    continue;
                }
                Console.WriteLine(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(result, CliJson.Options)
                    : $"{result.File}\t{result.Word}\t{result.Score:0.000}");
            }
            return failed ? CommandLine.Failure : CommandLine.Success;
        });
        return command;
    }

    /// <summary>The word of one file; null, and a sentence on the error output, where the file cannot be read.</summary>
    private static Recognition? Recognize(CommandModel model, string file)
    {
        try
        {
            if (Directory.Exists(file)) throw new AudioFormatException($"{file} is a folder; name sound files.");
            var clip = AudioFile.Read(file, model.Window.Features.SampleRate);
            var output = model.Run([new ClipFeaturizer(model.Window).Compute(clip.Samples)])[0];
            return new Recognition(file, model.Classes[output.Best], Math.Round(output.Posteriors[output.Best], 4));
        }
        catch (Exception e) when (e is AudioFormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            CommandLine.Complain(e.Message.ReplaceLineEndings(" "));
            return null;
        }
    }

    private sealed record Recognition(string File, string Word, double Score);
}

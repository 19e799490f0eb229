using System.CommandLine;
using Mingling.Audio;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition.Models;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling recognize</c>: which word each file holds.</summary>
internal static class RecognizeCommand
{
    public static Command Create()
    {
        var command = new Command("recognize", "Recognises the word in each sound file; prints – (null with --json) where no word reaches its threshold.");
        var model = OpenedModel.AddArgument(command);
        Argument<string[]> files = new("FILE") { Description = "Sound files.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = new("--json") { Description = "Print one JSON object for each file." };
        command.Arguments.Add(files);
        command.Options.Add(json);
        var limits = new ModelLimits(command);

        command.SetAction(parsed =>
        {
            using var opened = OpenedModel.Open(parsed.GetValue(model)!, limits: limits.Read(parsed));
            bool failed = false;
            foreach (string file in parsed.GetValue(files)!)
            {
                if (Recognize(opened, file) is not { } result)
                {
                    failed = true;
                    continue;
                }
                Console.WriteLine(result.Line(parsed.GetValue(json)));
            }
            return failed ? CommandLine.Failure : CommandLine.Success;
        });
        return command;
    }

    /// <summary>The word of one file; null, and a sentence on the error output, where the file cannot be read.</summary>
    private static RecognizedFile? Recognize(OpenedModel model, string file)
    {
        try
        {
            if (Directory.Exists(file)) throw new AudioFormatException($"{file} is a folder; name sound files.");
            float[] samples = AudioFile.Read(file, model.Model.SampleRate, out var info).Samples;
            if (info.Note is { } odd) CommandLine.Complain($"note: {file} {odd}.");
            var (word, score) = model.Recognize(samples);
            return new RecognizedFile(file, word, score);
        }
        catch (Exception e) when (e is AudioFormatException or IOException or UnauthorizedAccessException or ArgumentException or ModelException)
        {
            CommandLine.Complain(e.Message.ReplaceLineEndings(" "));
            return null;
        }
    }
}

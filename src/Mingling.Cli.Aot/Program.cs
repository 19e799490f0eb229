using System.CommandLine;
using Mingling;
using Mingling.Audio;
using Mingling.Cli.Commands;
using Mingling.Cli.Host;
using Mingling.Recognition;
using Mingling.Recognition.Models;

const int success = 0, failure = 1, wrongUsage = 2;

var command = new Command("recognize", "Recognises the word in each sound file; – (null with --json) where none is believed.");
Argument<string> model = new("MODEL") { Description = "A model file (.onnx)." };
Argument<string[]> files = new("FILE") { Description = "Sound files.", Arity = ArgumentArity.OneOrMore };
Option<bool> json = new("--json") { Description = "Print one JSON object for each file." };
command.Arguments.Add(model);
command.Arguments.Add(files);
command.Options.Add(json);
command.SetAction(parsed => RecognizeAll(parsed.GetValue(model)!, parsed.GetValue(files)!, parsed.GetValue(json)));

var root = new RootCommand("Recognises spoken command words with a model file; the part of mingling that needs no training libraries.") { command, ServeCommand.Create() };
CommonArguments.RequireStrictNumbers(root);
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
foreach (var error in parsed.Errors) Complain(error.Message);
if (parsed.Errors.Count > 0) return wrongUsage;
try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UsageException e)
{
    Complain(e.Message);
    return wrongUsage;
}
catch (Exception e) when (e is MinglingException or IOException or UnauthorizedAccessException)
{
    Complain(e.Message.ReplaceLineEndings(" "));
    return failure;
}

static int RecognizeAll(string model, string[] files, bool json)
{
    try
    {
        using var recognizer = Recognizer.Load(model);
        bool all = true;
        foreach (string file in files) all &= Recognize(recognizer, file, json);
        return all ? success : failure;
    }
    catch (ModelException e)
    {
        Complain(e.Message);
        return failure;
    }
}

// False, and a sentence on the error output, where the file cannot be read.
static bool Recognize(Recognizer recognizer, string file, bool json)
{
    try
    {
        if (Directory.Exists(file)) throw new AudioFormatException($"{file} is a folder; name sound files.");
        var sound = AudioFile.Read(file, recognizer.SampleRate, out var info);
        if (info.Note is { } odd) Complain($"note: {file} {odd}.");
        var clip = recognizer.Recognize(sound);
        Console.WriteLine(new RecognizedFile(file, clip.Word, clip.Score).Line(json));
        return true;
    }
    catch (Exception e) when (e is AudioFormatException or IOException or UnauthorizedAccessException or ArgumentException or ModelException)
    {
        Complain(e.Message.ReplaceLineEndings(" "));
        return false;
    }
}

static void Complain(string message) => Console.Error.WriteLine(ShownText.OnOneLine($"mingling: {message}"));

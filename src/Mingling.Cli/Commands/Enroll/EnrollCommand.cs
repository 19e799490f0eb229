using System.CommandLine;
using System.Text.Json;
using Mingling.Audio;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling enroll</c>: words that a model learns from a few recordings, without training.</summary>
internal static class EnrollCommand
{
    public static Command Create()
    {
        var command = new Command("enroll", "Adds a word to a model file from a few recordings or its text, without training.");
        var model = new Argument<string>("MODEL") { Description = "Model file (.onnx), or base." }.NotEmpty();
        Argument<string[]> files = new("FILE") { Description = "1 to 10 recordings of the word.", Arity = ArgumentArity.ZeroOrMore };
        var word = new Option<string?>("--word") { Description = "The new word.", HelpName = "WORD" }.NotEmpty();
        var spoken = new SpokenExamples(command);
        var remove = new Option<string?>("--remove") { Description = "Remove an enrolled word.", HelpName = "WORD" }.NotEmpty();
        Option<string[]> rename = new("--rename") { Description = "Rename an enrolled word.", HelpName = "OLD NEW", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        Option<bool> list = new("--list") { Description = "List the enrolled words." };
        Option<bool> force = new("--force") { Description = "Enrol the word although a check of the recordings failed." };
        var output = new Option<string?>("--out") { Description = "Model file to write (default: the same file).", HelpName = "FILE" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print the enrolled words as one JSON object." };
        command.Arguments.Add(model);
        command.Arguments.Add(files);
        foreach (var option in new Option[] { word, remove, rename, list, force, output, json }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(model)!;
            string[] recordings = parsed.GetValue(files) ?? [];
            string? added = parsed.GetValue(word), removed = parsed.GetValue(remove);
            bool renames = parsed.GetResult(rename) is not null;
            string? text = spoken.Text(parsed);
            added ??= text;
            if (new[] { added is not null, removed is not null, renames, parsed.GetValue(list) }.Count(given => given) != 1)
                throw new UsageException("give one of --word WORD FILE…, --text TEXT, --remove WORD, --rename OLD NEW and --list.");
            if (BaseModel.IsNamed(path) && !parsed.GetValue(list) && parsed.GetValue(output) is null)
                throw new UsageException("the base encoder itself is not changed; name the model file to write with --out.");
            OutputPaths.MustNotBe(parsed.GetValue(output), recordings);
            if (added is null && recordings.Length > 0) throw new UsageException("recordings are for --word; name the word that they hold.");
            ModelCard card;
            try
            {
                var enrolled = added is null ? null : Enroll(path, added, recordings, spoken.Speak(parsed), parsed.GetValue(force));
                card = parsed.GetValue(list) ? ModelFile.ReadCard(path) : ModelFile.Update(path, Change, parsed.GetValue(output));

                // Of the card as it is then: another process may have changed it meanwhile.
                ModelCard Change(ModelCard now) => enrolled is not null ? EnrolledWords.Add(now, enrolled)
                    : removed is not null ? EnrolledWords.Remove(now, removed)
                    : EnrolledWords.Rename(now, parsed.GetValue(rename)![0], parsed.GetValue(rename)![1]);
            }
            catch (ArgumentException e)
            {
                throw new UsageException(ArgumentMessage.WithoutParameter(e));
            }
            Print(card, parsed.GetValue(json));
            return CommandLine.Success;
        });
        return command;
    }

    private static EnrolledWord Enroll(string path, string word, string[] recordings, IReadOnlyList<EnrollmentExample> spoken, bool force)
    {
        using var recognizer = Recognizer.Load(path);
        using var model = recognizer.OpenSpottingModel();
        EnrollmentExample[] examples = [.. recordings.Select(Read), .. spoken];
        var result = new WordEnroller(model, recognizer.Card).Enroll(word, examples);
        foreach (var finding in result.Findings) CommandLine.Complain(finding.Text);
        if (recordings.Length > result.Word.Count && recordings.Length > 0)
            CommandLine.Complain($"note: {recordings.Length - result.Word.Count} of the recordings are copies of others and count once.");
        return result.Findings.Count == 0 || force
            ? result.Word
            : throw new UsageException($"'{word}' was not enrolled; mend what is said above, or use --force.");
    }

    private static EnrollmentExample Read(string file)
    {
        var clip = AudioFile.Read(file, out var info);
        if (info.Note is { } odd) CommandLine.Complain($"note: {file} {odd}.");
        return new EnrollmentExample(file, clip);
    }

    private static void Print(ModelCard card, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { enrolled = card.Enrolled.Select(word => new { word.Word, word.Count, word.Threshold }) }, CliJson.Options));
        else
            foreach (var word in card.Enrolled) Console.WriteLine($"{ShownText.OnOneLine(word.Word)}\t{word.Count} examples\tthreshold {word.Threshold:0.00}");
    }
}

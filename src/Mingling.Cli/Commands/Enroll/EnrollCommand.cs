using System.CommandLine;
using System.Text.Json;
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
        var command = new Command("enroll", "Adds a word to a model file from a few recordings or its text, without training; or a verifier for your voice.");
        var model = new Argument<string>("MODEL") { Description = "Model file (.onnx), or base." }.NotEmpty();
        Argument<string[]> files = new("FILE") { Description = "1 to 10 recordings of the word; with --verifier 2 to 100, or a folder.", Arity = ArgumentArity.ZeroOrMore };
        var word = new Option<string?>("--word") { Description = "The new word, or with --verifier a command of the model.", HelpName = "WORD" }.NotEmpty();
        var spoken = new SpokenExamples(command);
        var remove = new Option<string?>("--remove") { Description = "Remove an enrolled word, or with --verifier the verifier of a command.", HelpName = "WORD" }.NotEmpty();
        Option<string[]> rename = new("--rename") { Description = "Rename an enrolled word.", HelpName = "OLD NEW", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        var verifiers = new VerifierArguments(command);
        Option<bool> list = new("--list") { Description = "List the enrolled words and the verifiers." };
        Option<bool> force = new("--force") { Description = "Go on although a check of the recordings failed." };
        var output = new Option<string?>("--out") { Description = "Model file to write (default: the same file).", HelpName = "FILE" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print the enrolled words and the verifiers as one JSON object." };
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
            bool verifies = verifiers.IsGiven(parsed), lists = parsed.GetValue(list);
            // A folder of commands needs no word.
            bool adds = added is not null || (verifies && recordings.Length > 0);
            if (new[] { adds, removed is not null, renames, lists }.Count(given => given) != 1)
                throw new UsageException(verifies
                    ? "give one of --verifier --word WORD FILE…, --verifier FOLDER, --verifier --remove WORD and --list."
                    : "give one of --word WORD FILE…, --text TEXT, --remove WORD, --rename OLD NEW and --list.");
            if (verifies && parsed.GetValue(force)) throw new UsageException("--force does not go with --verifier, which leaves out recordings that fail a check.");
            if (verifies && (text is not null || renames)) throw new UsageException($"{(renames ? "--rename" : "--text")} does not go with --verifier, which takes recordings.");
            if (BaseModel.IsNamed(path) && !lists && parsed.GetValue(output) is null)
                throw new UsageException("the base encoder itself is not changed; name the model file to write with --out.");
            OutputPaths.MustNotBe(parsed.GetValue(output), recordings);
            if (!adds && recordings.Length > 0) throw new UsageException("recordings are for --word; name the word that they hold.");
            ModelCard card;
            try
            {
                var change = verifies && adds ? Verified(verifiers.Make(parsed, path, added, recordings))
                    : adds ? Enrolled(Enroll(path, added!, recordings, spoken.Speak(parsed), parsed.GetValue(force)))
                    : verifies && removed is not null ? now => Unverified(now, removed)
                    : removed is not null ? now => EnrolledWords.Remove(now, removed)
                    : now => EnrolledWords.Rename(now, parsed.GetValue(rename)![0], parsed.GetValue(rename)![1]);
                // Of the card as it is then: another process may have changed it meanwhile.
                card = lists ? ModelFile.ReadCard(path) : ModelFile.Update(path, change, parsed.GetValue(output));
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

    private static Func<ModelCard, ModelCard> Enrolled(EnrolledWord word) => now => EnrolledWords.Add(now, word);

    private static Func<ModelCard, ModelCard> Verified(CommandVerifier[] verifiers) => now => Verifiers.Set(now, verifiers);

    private static ModelCard Unverified(ModelCard card, string word) => card.Verifiers?.Any(verifier => verifier.Word == word) == true
        ? Verifiers.Remove(card, word)
        : throw new UsageException($"'{word}' has no verifier.");

    private static EnrolledWord Enroll(string path, string word, string[] recordings, IReadOnlyList<EnrollmentExample> spoken, bool force)
    {
        using var recognizer = Recognizer.Load(path);
        using var model = recognizer.OpenSpottingModel();
        EnrollmentExample[] examples = [.. recordings.Select(VerifierArguments.ReadExample), .. spoken];
        var result = new WordEnroller(model, recognizer.Card).Enroll(word, examples);
        foreach (var finding in result.Findings) CommandLine.Complain(finding.Text);
        if (recordings.Length > result.Word.Count && recordings.Length > 0)
            CommandLine.Complain($"note: {recordings.Length - result.Word.Count} of the recordings are copies of others and count once.");
        return result.Findings.Count == 0 || force
            ? result.Word
            : throw new UsageException($"'{word}' was not enrolled; mend what is said above, or use --force.");
    }

    private static void Print(ModelCard card, bool json)
    {
        var verifiers = card.Verifiers ?? [];
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                enrolled = card.Enrolled.Select(word => new { word.Word, word.Count, word.Threshold }),
                verifiers = verifiers.Select(verifier => new { verifier.Word, verifier.Count }),
            }, CliJson.Options));
            return;
        }
        foreach (var word in card.Enrolled) Console.WriteLine($"{ShownText.OnOneLine(word.Word)}\t{word.Count} examples\tthreshold {word.Threshold:0.00}");
        foreach (var verifier in verifiers) Console.WriteLine($"{ShownText.OnOneLine(verifier.Word)}\tverifier of {verifier.Count} recordings");
    }
}

using System.CommandLine;
using Mingling.Audio;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora.Layouts;
using Mingling.Recognition;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;

namespace Mingling.Cli.Commands;

/// <summary>The arguments by which commands get verifiers for one's own voice.</summary>
internal sealed class VerifierArguments
{
    private readonly Option<bool> _verifier = new("--verifier")
    {
        Description = "Make streams look once more at commands the model has, by your own recordings: of one with --word, or a folder with a folder for each.",
    };
    private readonly Option<string[]> _background = new Option<string[]>("--background")
    {
        Description = "With --verifier: recordings without any command, best of yourself talking, or folders of them; repeatable.",
        HelpName = "FILE|DIR",
    }.NotEmpty();

    public VerifierArguments(Command command)
    {
        command.Options.Add(_verifier);
        command.Options.Add(_background);
    }

    /// <summary>Whether it is about verifiers, and not about words.</summary>
    /// <exception cref="UsageException">There is other speech, and no verifier to make from it.</exception>
    public bool IsGiven(ParseResult parsed)
    {
        if (parsed.GetValue(_verifier)) return true;
        return parsed.GetResult(_background) is null ? false : throw new UsageException("--background goes with --verifier.");
    }

    /// <summary>Makes the verifiers.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="path">The model file.</param>
    /// <param name="word">The command of the recordings; null where they lie in a folder with a folder for each command.</param>
    /// <param name="recordings">The recordings, or the folder.</param>
    public CommandVerifier[] Make(ParseResult parsed, string path, string? word, string[] recordings)
    {
        if (word is null && recordings.Length != 1) throw new UsageException("--verifier takes the recordings of one command with --word, or one folder with a folder of recordings for each command.");
        using var recognizer = Recognizer.Load(path);
        using var model = recognizer.OpenSpottingModel();
        var words = word is not null ? [(word, recordings.Select(ReadExample).ToList())] : OfFolder(recognizer.Card, recordings[0]);
        var trainer = new VerifierTrainer(model, recognizer.Card, Background(parsed));
        var made = words.Select(own => trainer.Train(own.Word, own.Examples)).ToArray();
        foreach (var finding in made.SelectMany(result => result.Findings)) CommandLine.Complain($"note: left out: {finding.Text}");
        if (recognizer.Card.Calibration is { } calibration && calibration.Commands.Any(threshold => made.Any(result => result.Verifier.Word == threshold.Command)))
            CommandLine.Complain("note: thresholds that were measured without verifiers are taken out; run 'mingling calibrate' again.");
        return [.. made.Select(result => result.Verifier)];
    }

    /// <summary>A recording that was named.</summary>
    public static EnrollmentExample ReadExample(string file)
    {
        var clip = AudioFile.Read(file, out var info);
        if (info.Note is { } odd) CommandLine.Complain($"note: {file} {odd}.");
        return new EnrollmentExample(file, clip);
    }

    private List<AudioClip> Background(ParseResult parsed)
    {
        string[] named = parsed.GetValue(_background) ?? [];
        return named.Length == 0 ? [] : [.. SoundFiles.Read(named, SoundFiles.Find(named), file => AudioFile.Read(file))];
    }

    private static List<(string Word, List<EnrollmentExample> Examples)> OfFolder(ModelCard card, string folder)
    {
        var corpus = CorpusReader.Read(folder);
        foreach (string warning in corpus.Warnings) CommandLine.Complain($"note: {warning}");
        CorpusNotes.Print(corpus.Problems);
        string[] commands = [.. card.Classes.Concat(card.Enrolled.Select(enrolled => enrolled.Word)).Where(Vocabulary.IsCommand)];
        var known = corpus.Clips.Where(clip => commands.Contains(clip.Label, StringComparer.Ordinal)).GroupBy(clip => clip.Label, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Select(clip => new EnrollmentExample(clip.Name, clip.ReadSound())).ToList())).ToList();
        string[] others = [.. corpus.Classes.Except(commands, StringComparer.Ordinal).Where(Vocabulary.IsCommand)];
        if (known.Count == 0) throw new UsageException($"{folder} has recordings of no command of the model, which has {(commands.Length == 0 ? "none" : string.Join(", ", commands))}.");
        if (others.Length > 0) CommandLine.Complain($"note: {string.Join(", ", others)} {(others.Length == 1 ? "is no command" : "are no commands")} of the model and left out.");
        return known;
    }
}

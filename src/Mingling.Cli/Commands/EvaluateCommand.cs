using System.CommandLine;
using Mingling.Cli.Display;
using Mingling.Training;
using Mingling.Training.Corpora;
using Mingling.Training.Evaluation;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling evaluate</c>: how well a run recognises labelled clips.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new Command("evaluate", "Measures a trained recogniser by word, by speaker and by pair of similar words.");
        Argument<string> run = new Argument<string>("RUN") { Description = "Folder of the run." }.NotEmpty();
        command.Arguments.Add(run);
        var corpus = new CorpusArguments(command, forTraining: false);
        Option<string?> list = new Option<string?>("--list")
        {
            Description = "Judge the clips of this list; otherwise those that the run did not learn from.",
            HelpName = "FILE",
        }.NotEmpty();
        Option<Split?> part = new Option<Split?>("--part")
        {
            Description = "Judge only this part of the run's own corpus, when it has a validation and a test part.",
        }.OneOf(nameof(Split.Validation), nameof(Split.Test));
        Option<bool> last = new("--last") { Description = "Use the weights after the last epoch instead of the best ones." };
        Option<string?> output = new Option<string?>("--out")
        {
            Description = "Folder for evaluation.json and evaluation.png; the run's folder otherwise.",
            HelpName = "DIR",
        }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print the evaluation as one JSON object." };
        foreach (var option in new Option[] { list, part, last, output, json }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            Torch.Start();
            var opened = RunDirectory.Open(parsed.GetValue(run)!);
            using var model = CommandModel.Load(opened, parsed.GetValue(last));
            var source = corpus.Read(parsed);
            var chosen = EvaluationClips.Choose(source, opened.Manifest.Corpus, parsed.GetValue(list), parsed.GetValue(part));
            var report = Evaluate(model, chosen, source.Options.Strict);

            var files = EvaluationFiles.Write(report, parsed.GetValue(output) ?? opened.Path);
            if (parsed.GetValue(json)) Console.WriteLine(report.ToJson());
            else EvaluationView.Print(report, chosen.Choice, files);
            return CommandLine.Success;
        });
        return command;
    }

    internal static EvaluationReport Evaluate(CommandModel model, EvaluationClips chosen, bool strict)
    {
        if (chosen.Clips.Count == 0) throw new CorpusException($"there is nothing to judge: there are no clips ({chosen.Choice}).");
        if (chosen.Learned > 0) CommandLine.Complain($"note: the run learned from {chosen.Learned} of these clips, so the figures are too good.");
        var loaded = ClipLoader.Load(chosen.Clips, model.Window.Features.SampleRate, Environment.ProcessorCount, strict);
        CorpusProblem[] problems = [.. chosen.Problems, .. loaded.Problems];
        CorpusNotes.Print(problems);
        try
        {
            return Evaluator.Evaluate(model, loaded.Clips, problems.Length);
        }
        catch (ArgumentException e)
        {
            throw new CorpusException(Sentences.Of(e));
        }
    }
}

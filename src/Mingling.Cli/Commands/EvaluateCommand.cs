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
        Argument<string> run = new("RUN") { Description = "Folder of the run." };
        command.Arguments.Add(run);
        var corpus = new CorpusArguments(command);
        Option<string?> list = new("--list")
        {
            Description = "Judge the clips of this list; otherwise those that the run did not learn from.",
            HelpName = "FILE",
        };
        Option<bool> last = new("--last") { Description = "Use the weights after the last epoch instead of the best ones." };
        Option<string?> output = new("--out") { Description = "Folder for evaluation.json and evaluation.png; the run's folder otherwise.", HelpName = "DIR" };
        Option<bool> json = new("--json") { Description = "Print the evaluation as one JSON object." };
        foreach (var option in new Option[] { list, last, output, json }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            Torch.Start();
            var opened = RunDirectory.Open(parsed.GetValue(run)!);
            using var model = CommandModel.Load(opened, parsed.GetValue(last));
            var source = corpus.Read(parsed, seed: 0);
            var (clips, choice) = EvaluationClips.Choose(source, opened.Manifest, parsed.GetValue(list));
            if (clips.Count == 0) throw new CorpusException($"there is nothing to judge: {choice} are none.");
            var report = Evaluate(model, clips, source.Options.Strict);

            string folder = parsed.GetValue(output) ?? opened.Path;
            var files = EvaluationFiles.Write(report, folder);
            if (parsed.GetValue(json)) Console.WriteLine(report.ToJson());
            else EvaluationView.Print(report, choice, files);
            return CommandLine.Success;
        });
        return command;
    }

    internal static EvaluationReport Evaluate(CommandModel model, IReadOnlyList<CorpusClip> clips, bool strict)
    {
        var loaded = ClipLoader.Load(clips, model.Window.Features.SampleRate, Environment.ProcessorCount, strict);
        foreach (var problem in loaded.Problems) CommandLine.Complain($"note: {problem} It is left out.");
        try
        {
            return Evaluator.Evaluate(model, loaded.Clips, loaded.Problems.Count);
        }
        catch (ArgumentException e)
        {
            throw new CorpusException(e.Message);
        }
    }
}

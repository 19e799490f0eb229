using System.CommandLine;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Reports;
using Mingling.Recognition.Models;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling evaluate</c>: how well a run or a model file recognises labelled clips, or words of which a few clips are enrolled.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new Command("evaluate", "Measures a trained recogniser: by word, by speaker and by pair of similar words.");
        var model = OpenedModel.AddArgument(command);
        var corpus = new CorpusArguments(command, forTraining: false);
        corpus.MayBeMissing();
        var list = new Option<string?>("--list")
        {
            Description = "List of clips to evaluate (default: those that the run was not trained on; for a model file, all).",
            HelpName = "FILE",
        }.NotEmpty();
        var part = new Option<Split?>("--part")
        {
            Description = "Evaluate only this part of the run's own corpus.",
        }.OneOf(nameof(Split.Validation), nameof(Split.Test));
        var words = new Option<string?>("--words")
        {
            Description = "Evaluate only these words, separated by commas.",
            HelpName = "WORDS",
        }.NotEmpty();
        var unknown = new Option<string?>("--unknown")
        {
            Description = "Words to reject, separated by commas; measures how well they are rejected.",
            HelpName = "WORDS",
        }.NotEmpty();
        Option<bool> last = new("--last") { Description = "Use the weights of the last epoch instead of the best epoch." };
        var output = new Option<string?>("--out")
        {
            Description = "Folder for evaluation.json and evaluation.png, or few-shot.json (default: the run's folder, or a folder beside the model file).",
            HelpName = "DIR",
        }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print the evaluation as one JSON object." };
        foreach (var option in new Option[] { list, part, words, unknown }) command.Options.Add(option);
        var fewShot = new FewShotArguments(command);
        var noise = new NoiseArguments(command);
        foreach (var option in new Option[] { last, output }) command.Options.Add(option);
        var stream = new StreamArguments(command);
        command.Options.Add(json);

        command.SetAction(parsed =>
        {
            if (stream.IsGiven(parsed))
            {
                if (corpus.IsGiven(parsed)) throw new UsageException("give a corpus, or --stream and --labels, not both.");
                var idle = new Option[] { list, part, words, unknown, output }.Concat(corpus.ReadingOptions).Concat(fewShot.Options).Concat(noise.Options).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
                if (idle is not null) throw new UsageException($"{idle.Name} is for judging clips and has no effect on a stream; leave it out.");
                stream.Read(parsed).Run(parsed.GetValue(model)!, parsed.GetValue(last), parsed.GetValue(json));
                return CommandLine.Success;
            }
            stream.RequireNone(parsed);
            if (!corpus.IsGiven(parsed)) throw new UsageException("there is nothing to judge by; name a corpus, or --stream and --labels.");
            var (enrollment, asked) = (fewShot.Read(parsed, seedsNoise: noise.IsGiven(parsed)), WordLists.Read(parsed.GetValue(words), parsed.GetValue(unknown)));
            var heardIn = noise.Read(parsed, fewShot.Seed(parsed));
            if (enrollment is not null && heardIn is not null)
                throw new UsageException("--noise is for judging words that were learned and has no effect on enrolled ones; leave out --noise or --few-shot.");
            using var opened = OpenedModel.Open(parsed.GetValue(model)!, parsed.GetValue(last));
            var begun = opened.Run?.Manifest.Corpus;
            var source = corpus.Read(parsed);
            if (enrollment is null && !opened.Model.Classes.Any(Vocabulary.IsCommand))
                throw new UsageException($"{parsed.GetValue(model)} knows no words yet; enroll some of the clips with --few-shot K.");
            if (enrollment is null) WordLists.CheckClasses(asked, opened.Model.Classes);
            var all = enrollment is null && asked.IsEverything ? null
                : Chosen(() => EvaluationClips.ChooseOfAllWords(source, begun, parsed.GetValue(list), parsed.GetValue(part)));
            if (all is not null) asked.RequireIn(all, source.Path);

            string folder = parsed.GetValue(output) ?? opened.Folder;
            if (enrollment is not null)
            {
                var report = ModelEvaluation.MeasureFewShot(opened.Model, all!, asked, enrollment, Reading.Settings(source.Options.Strict));
                string file = EvaluationFiles.Write(report, folder);
                if (parsed.GetValue(json)) Console.WriteLine(report.ToJson());
                else FewShotView.Print(report, file);
            }
            else
            {
                var chosen = Chosen(() => EvaluationClips.Choose(source, begun, parsed.GetValue(list), parsed.GetValue(part)));
                CorpusClip[] refused = [.. all?.Clips.Where(clip => asked.Unknown.Contains(clip.Label)) ?? []];
                if (heardIn?.LieIn(begun?.Source.Options.NoiseFolder) == true)
                    CommandLine.Complain($"note: the run learned with the noise of {begun!.Source.Options.NoiseFolder}, so the figures in it are too good.");
                var report = ModelEvaluation.Measure(opened.Model, chosen.Only(asked.IsKnown), Reading.Settings(source.Options.Strict), refused, heardIn);
                var files = EvaluationFiles.Write(report, folder);
                if (parsed.GetValue(json)) Console.WriteLine(report.ToJson());
                else EvaluationView.Print(report, chosen.Choice, files);
            }
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>A part that cannot be chosen is wrong usage.</summary>
    private static EvaluationClips Chosen(Func<EvaluationClips> choose)
    {
        try
        {
            return choose();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ArgumentMessage.WithoutParameter(e));
        }
    }
}

using System.CommandLine;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Corpora.Inspection;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;
using Mingling.Experiments.Inspection;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling corpus</c>: work on recordings before any training.</summary>
internal static class CorpusCommand
{
    public static Command Create() => new("corpus", "Inspects corpora, creates them by synthetic speech, makes streams of them, and packs them into shards.") { CreateInspect(), SynthesizeCommand.Create(), StreamCommand.Create(), PackCommand.Create() };

    private static Command CreateInspect()
    {
        var command = new Command("inspect", "Shows words, speakers, lengths, levels, broken files and the split into training and validation.");
        var corpus = new CorpusArguments(command, "PATH");
        Option<int> seed = new("--seed")
        {
            Description = "Seed of the training; it decides the split.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        Option<bool> json = new("--json") { Description = "Print the inspection as one JSON object." };
        var model = new Option<string?>("--model")
        {
            Description = "Trained run or model file (.onnx) with which to look for wrong labels, copies in both splits and clips without speech.",
            HelpName = "MODEL",
        }.NotEmpty();
        Option<int> most = new("--most")
        {
            Description = "Findings of the model to list of each kind, worst first.",
            DefaultValueFactory = _ => 100,
            HelpName = "N",
        };
        foreach (var option in new Option[] { seed, json, model, most }) command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var source = corpus.Read(parsed, parsed.GetValue(seed));
            bool forProgram = parsed.GetValue(json);
            int listed = parsed.GetValue(most);
            if (listed < 1) throw new UsageException($"--most takes a number of findings from 1, not {listed}.");
            if (parsed.GetValue(model) is null && parsed.GetResult(most) is { Implicit: false })
                throw new UsageException("--most is for what a model finds; name one with --model, or leave it out.");
            await Task.Run(() =>
            {
                using var judge = parsed.GetValue(model) is { } path ? OpenedModel.Open(path) : null;
                var opened = CorpusReader.Read(source.Path, source.Options);
                var sounds = new InspectedFiles();
                var (splits, reason) = Divide(opened, source, sounds);
                var inspection = CorpusInspector.Inspect(opened, splits, sounds, Environment.ProcessorCount, cancellation);
                if (reason is not null) inspection = inspection with { Remarks = [reason, .. inspection.Remarks] };
                if (source.Options.Strict && inspection.Problems.Count > 0)
                    throw new CorpusException($"{inspection.Problems.Count} of the recordings cannot be used; the first: {inspection.Problems[0]}");
                if (judge is not null)
                {
                    var found = ModelInspector.Inspect(opened, splits, judge.Model, sounds, listed, Environment.ProcessorCount, cancellation);
                    inspection = inspection with { Model = found };
                }
                if (forProgram) Console.WriteLine(inspection.ToJson());
                else InspectionView.Print(inspection);
            }, CancellationToken.None);
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>A corpus that cannot be split is shown all the same, with the reason as its first warning.</summary>
    private static (CorpusSplits? Splits, Remark? Reason) Divide(Corpus corpus, CorpusSource source, InspectedFiles sounds)
    {
        try
        {
            return (CorpusSplitter.SplitDecoding(corpus, source.Splits with { Parallelism = Environment.ProcessorCount }, sounds.Read), null);
        }
        catch (CorpusException e) when (source.Splits.LeaveOutSpeakers.Count == 0)
        {
            return (null, e.Remark);
        }
    }
}

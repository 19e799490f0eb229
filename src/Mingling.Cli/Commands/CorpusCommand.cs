using System.CommandLine;
using Mingling.Cli.Display;
using Mingling.Training;
using Mingling.Training.Corpora;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling corpus</c>: work on recordings before any training.</summary>
internal static class CorpusCommand
{
    public static Command Create() => new("corpus", "Looks at corpora, and makes them by synthetic speech.") { CreateInspect(), SynthesizeCommand.Create() };

    private static Command CreateInspect()
    {
        var command = new Command("inspect", "Shows words, speakers, lengths, levels, what is broken, and what the split will be.");
        var corpus = new CorpusArguments(command, "PATH");
        Option<int> seed = new("--seed")
        {
            Description = "The seed that the training will be given; it decides the split.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        Option<bool> json = new("--json") { Description = "Print the inspection as one JSON object." };
        command.Options.Add(seed);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var source = corpus.Read(parsed, parsed.GetValue(seed));
            bool forProgram = parsed.GetValue(json);
            await Task.Run(() =>
            {
                var opened = Corpus.Open(source.Path, source.Options);
                var inspection = Inspect(opened, source, cancellation);
                if (source.Options.Strict && inspection.Problems.Count > 0)
                    throw new CorpusException($"{inspection.Problems.Count} of the recordings cannot be used; the first: {inspection.Problems[0]}");
                if (forProgram) Console.WriteLine(inspection.ToJson());
                else InspectionView.Print(inspection);
            }, CancellationToken.None);
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>A corpus that cannot be split is shown all the same, with the reason as its first warning.</summary>
    private static CorpusInspection Inspect(Corpus corpus, CorpusSource source, CancellationToken cancellation)
    {
        int threads = Environment.ProcessorCount;
        CorpusSplits splits;
        try
        {
            splits = CorpusSplitter.Split(corpus, source.Splits with { Parallelism = threads });
        }
        catch (CorpusException e) when (source.Splits.LeaveOutSpeakers.Count == 0)
        {
            var undivided = CorpusInspector.Inspect(corpus, splits: null, threads, cancellation);
            return undivided with { Warnings = [e.Message, .. undivided.Warnings] };
        }
        return CorpusInspector.Inspect(corpus, splits, threads, cancellation);
    }
}

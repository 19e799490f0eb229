using System.CommandLine;
using Mingling.Cli.Display;
using Mingling.Training.Corpora;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling corpus</c>: work on recordings before any training.</summary>
internal static class CorpusCommand
{
    public static Command Create() => new("corpus", "Looks at corpora.") { CreateInspect() };

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
                var splits = CorpusSplitter.Split(opened, source.Splits with { Parallelism = Environment.ProcessorCount });
                var inspection = CorpusInspector.Inspect(opened, splits, Environment.ProcessorCount, cancellation);
                if (source.Options.Strict && inspection.Problems.Count > 0)
                    throw new CorpusException($"{inspection.Problems.Count} of the recordings cannot be used; the first: {inspection.Problems[0]}");
                if (forProgram) Console.WriteLine(inspection.ToJson());
                else InspectionView.Print(inspection);
            }, CancellationToken.None);
            return CommandLine.Success;
        });
        return command;
    }
}

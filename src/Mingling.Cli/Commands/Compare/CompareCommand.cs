using System.CommandLine;
using System.CommandLine.Parsing;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Experiments.Comparison;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling compare</c>: which loss is better, and is the difference real?</summary>
internal static class CompareCommand
{
    private const string None = "none";

    public static Command Create()
    {
        var command = new Command("compare", "Trains several losses on the same folds and seeds, and tests which differences are significant.");
        var corpus = new CorpusArguments(command);
        corpus.MayBeMissing();
        var recipe = new RecipeArguments(command, withLoss: false);
        var losses = new Option<string[]>(RecipeArguments.LossOption)
        {
            Description = "Joint loss, such as \"softmax + 0.01 center\"; repeatable. The others are compared with the first.",
            HelpName = "LOSS",
        }.NotEmpty();
        var grids = new Option<string[]>("--grid")
        {
            Description = "Values of a weight or parameter, such as center.weight=0,0.001,0.01; repeatable, for all combinations.",
            HelpName = "GRID",
        }.NotEmpty();
        var seeds = Count("--seeds", "Number of seeds, counting up from --seed.", 1);
        var folds = Count("--folds", "Number of folds, by speaker where speakers are known; 1 uses the split of 'train'.", 1);
        var jobs = Positive(new Option<int?>("--jobs")
        {
            Description = "Runs in parallel; each is a process, and they share the cores (default: as many as there are cores).",
            HelpName = "N",
        });
        var heldOut = new Option<string?>("--held-out")
        {
            Description = "Words to hold out for few-shot and unknown-word figures, separated by commas, or none (default: two fifths, drawn at random).",
            HelpName = "WORDS",
        }.NotEmpty();
        var output = new Option<string?>("--out")
        {
            Description = "Folder for the comparison; continues one that is already there.",
            HelpName = "DIR",
        }.NotEmpty();
        var table = new Option<string?>("--table")
        {
            Description = "Only rebuild the table of this comparison.",
            HelpName = "DIR",
        }.NotEmpty();
        var shard = new ShardArguments(command);
        Option<bool> json = new("--json") { Description = "Print the comparison as one JSON object." };
        foreach (var option in new Option[] { losses, grids, seeds, folds, jobs, heldOut, output, table, json }) command.Options.Add(option);

        command.SetAction(async (parsed, cancellation) =>
        {
            bool forProgram = parsed.GetValue(json);
            if (parsed.GetValue(table) is { } made)
            {
                if (corpus.IsGiven(parsed)) throw new UsageException("--table makes the table of a finished comparison and needs no corpus.");
                CheckAlone(parsed, table, json);
                return ComparedRuns.Show(ComparisonSession.Read(made), forProgram);
            }
            if (!corpus.IsGiven(parsed)) throw new UsageException("compare needs a corpus, or --table DIR for a comparison that was made.");
            string path = parsed.GetValue(output) ?? throw new UsageException("compare needs --out DIR, the folder of the comparison.");
            int foldCount = parsed.GetValue(folds), seedCount = parsed.GetValue(seeds);
            if (foldCount > 1) CheckFolds(parsed, corpus);

            var asked = recipe.Read(parsed);
            CheckSeeds(asked.Seed, seedCount);
            var given = recipe.Given(parsed);
            string[] compared = parsed.GetValue(losses) is { Length: > 0 } named ? named
                : given.ContainsKey(RecipeArguments.LossKey) ? [asked.Loss.Text]
                : throw new UsageException("compare needs at least one --loss, or a loss in the file of --recipe.");
            var variants = ComparedLosses.Variants(compared, parsed.GetValue(grids) ?? [], asked);
            Torch.Start();
            var request = new ComparisonRequest
            {
                Version = Versions.Mingling,
                Source = corpus.Read(parsed, asked.Seed),
                Recipe = asked,
                Variants = variants,
                Seeds = seedCount,
                Folds = foldCount,
                HeldOut = parsed.GetValue(heldOut) is { } words ? Words(words) : null,
                Given = [.. given.Keys],
                Threads = Environment.ProcessorCount,
            };
            return await ComparedRuns.Make(request, path, shard.Read(parsed), parsed.GetValue(jobs) ?? Environment.ProcessorCount, forProgram, cancellation);
        });
        return command;
    }

    private static Option<int> Count(string name, string description, int otherwise) =>
        Positive(new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise, HelpName = "N" });

    private static T Positive<T>(T option) where T : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int count) && count < 1)
                result.AddError($"{option.Name} takes a number from 1.");
        });
        return option;
    }

    private static IReadOnlyList<string> Words(string list)
    {
        if (list == None) return [];
        string[] words = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 ? words : throw new UsageException($"--held-out names no word; give words separated by commas, or {None}.");
    }

    /// <summary>The table comes from what was compared; what else is asked for would have no effect.</summary>
    private static void CheckAlone(ParseResult parsed, Option table, Option json)
    {
        var others = parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(given => !given.Implicit && given.Option != table && given.Option != json).Select(given => given.Option.Name);
        if (others.FirstOrDefault() is { } other)
            throw new UsageException($"{table.Name} makes the table of a finished comparison and does not go with {other}.");
    }

    private static void CheckFolds(ParseResult parsed, CorpusArguments corpus)
    {
        if (corpus.GivenSplit(parsed) is { } split)
            throw new UsageException($"--folds divides the corpus by itself and does not go with {split}; leave one of them out.");
    }

    private static void CheckSeeds(int first, int count)
    {
        if ((long)first + count - 1 > int.MaxValue)
            throw new UsageException($"{count} seeds counted up from {first} go beyond {int.MaxValue}, the greatest; begin with a smaller --seed.");
    }
}

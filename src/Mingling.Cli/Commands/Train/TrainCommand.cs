using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Training;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling train</c>: a folder of recordings becomes a recogniser.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var command = new Command("train", "Trains a recogniser on a corpus.");
        var corpus = new CorpusArguments(command);
        var recipe = new RecipeArguments(command);
        var output = new Option<string>("--out")
        {
            Description = "Folder for the run: weights, settings and history.",
            Required = true,
            HelpName = "RUN",
        }.NotEmpty();
        Option<bool> resume = new("--resume") { Description = "Continue an interrupted run with its own settings, or start it if it does not exist." };
        Option<int?> threads = new("--data-threads") { Description = "Threads that prepare clips; they do not change the result (default: one less than the cores, 1 to 4).", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "Print the finished epochs as one JSON object." };
        foreach (var option in new Option[] { output, resume, threads, json }) command.Options.Add(option);

        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = recipe.Read(parsed);
            Torch.Start();
            var source = corpus.Read(parsed, asked.Seed);
            int dataThreads = parsed.GetValue(threads) ?? TrainingRuns.DataThreads;
            if (dataThreads < 1) throw new UsageException("--data-threads takes a number from 1.");
            var given = recipe.Given(parsed);
            var request = new TrainingRequest
            {
                RunPath = parsed.GetValue(output)!,
                Corpus = source,
                Recipe = asked,
                Given = [.. given.Keys],
                NameOf = key => given[key],
                Resume = parsed.GetValue(resume),
                DataThreads = dataThreads,
            };
            string path = request.RunPath;
            var run = await Task.Run(() => TrainingRuns.Train(request, parsed.GetValue(json), cancellation), CancellationToken.None);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { run = Path.GetFullPath(path), epochs = run.History() }, CliJson.Options));
            else
                Console.WriteLine($"Done. Measure it with 'mingling evaluate {Quoted(path)} CORPUS', use it with 'mingling recognize {Quoted(path)} FILE'.");
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>A path as it can be pasted into a shell.</summary>
    internal static string Quoted(string path) => path.All(c => char.IsLetterOrDigit(c) || "/\\._-:".Contains(c)) ? path : $"\"{path}\"";
}

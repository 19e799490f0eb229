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
        Option<int?> threads = new("--threads") { Description = "Threads that compute; they do not change the result (default: all cores that the process may use).", HelpName = "N" };
        // The name that it had when threads prepared clips alone.
        Option<int?> dataThreads = new("--data-threads") { Hidden = true };
        Option<int?> sound = new("--sound-memory")
        {
            Description = "Most memory for decoded recordings, in MiB; what finds no room is read again in each epoch. It does not change the result (default: 1024).",
            HelpName = "MIB",
        };
        Option<bool> json = new("--json") { Description = "Print the finished epochs as one JSON object." };
        foreach (var option in new Option[] { output, resume, threads, dataThreads, sound, json }) command.Options.Add(option);

        command.SetAction(async (parsed, cancellation) =>
        {
            using var ranks = StartedTogether.Join();
            return await StartedTogether.Run(ranks, async () =>
            {
                var asked = recipe.Read(parsed);
                Torch.Start();
                var given = recipe.Given(parsed);
                bool forProgram = parsed.GetValue(json);
                var request = new TrainingRequest
                {
                    RunPath = parsed.GetValue(output)!,
                    Corpus = corpus.Read(parsed, asked.Seed),
                    Recipe = asked,
                    Given = [.. given.Keys],
                    NameOf = key => given[key],
                    Resume = parsed.GetValue(resume),
                    Threads = CountOf(parsed, threads) ?? CountOf(parsed, dataThreads) ?? StartedTogether.Threads,
                    Ranks = ranks,
                };
                if (SoundBytesOf(parsed, sound) is { } bytes) request = request with { SoundBytes = bytes };
                string path = request.RunPath;
                var run = await Task.Run(() => TrainingRuns.Train(request, forProgram, cancellation), CancellationToken.None);
                if (!ranks.IsFirst) return CommandLine.Success;
                if (forProgram) Console.WriteLine(JsonSerializer.Serialize(new { run = Path.GetFullPath(path), epochs = run.History() }, CliJson.Options));
                else Console.WriteLine($"Done. Measure it with 'mingling evaluate {Quoted(path)} CORPUS', use it with 'mingling recognize {Quoted(path)} FILE'.");
                return CommandLine.Success;
            });
        });
        return command;
    }

    /// <exception cref="UsageException">It is below 1.</exception>
    private static int? CountOf(ParseResult parsed, Option<int?> option) =>
        parsed.GetValue(option) is < 1 ? throw new UsageException($"{option.Name} takes a number from 1.") : parsed.GetValue(option);

    /// <exception cref="UsageException">It is below 0.</exception>
    private static long? SoundBytesOf(ParseResult parsed, Option<int?> option) =>
        parsed.GetValue(option) is < 0 ? throw new UsageException($"{option.Name} takes a number of MiB from 0.") : (long?)parsed.GetValue(option) << 20;

    /// <summary>A path as it can be pasted into a shell.</summary>
    internal static string Quoted(string path) => path.All(c => char.IsLetterOrDigit(c) || "/\\._-:".Contains(c)) ? path : $"\"{path}\"";
}

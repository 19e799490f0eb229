using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Display;
using Mingling.Training;
using Mingling.Training.Data;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling train</c>: a folder of recordings becomes a recogniser.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var command = new Command("train", "Trains a recogniser on a corpus.");
        var corpus = new CorpusArguments(command);
        var recipe = new RecipeArguments(command);
        Option<string> output = new("--out") { Description = "Folder of the run: weights, settings and history.", Required = true, HelpName = "RUN" };
        Option<bool> resume = new("--resume") { Description = "Go on with an interrupted run, by its own settings; begins one where there is none." };
        Option<int> threads = new("--data-threads") { Description = "Threads that prepare clips ahead; does not change the result.", DefaultValueFactory = _ => DefaultDataThreads, HelpName = "N" };
        Option<bool> json = new("--json") { Description = "Print the finished epochs as one JSON object." };
        foreach (var option in new Option[] { output, resume, threads, json }) command.Options.Add(option);

        command.SetAction(async (parsed, cancellation) =>
        {
            int dataThreads = parsed.GetValue(threads);
            if (dataThreads < 1) throw new UsageException("--data-threads takes a number from 1.");
            string path = parsed.GetValue(output)!;
            var asked = recipe.Read(parsed);
            var source = corpus.Read(parsed, asked.Seed);
            Torch.Start();
            var history = await Task.Run(() => Train(path, source, asked, parsed.GetValue(resume), dataThreads, parsed.GetValue(json), recipe.Given(parsed), cancellation), CancellationToken.None);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { run = Path.GetFullPath(path), epochs = history }, CliJson.Options));
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>One core trains; the others prepare clips.</summary>
    internal static int DefaultDataThreads => Math.Clamp(Environment.ProcessorCount - 1, 1, 4);

    private static IReadOnlyList<EpochReport> Train(string path, CorpusSource source, TrainingRecipe asked, bool resume, int dataThreads, bool quiet,
        IReadOnlySet<string> given, CancellationToken cancellation)
    {
        RunDirectory? run = null;
        if (RunDirectory.Exists(path))
        {
            run = RunDirectory.Open(path);
            if (!resume) throw new UsageException($"{path} already holds a run; continue it with --resume or choose another folder.");
            ResumeCheck.SameSettings(run.Manifest.Recipe, asked, given);
            source = run.Manifest.Corpus.Source with { Path = source.Path };
        }
        var recipe = run?.Manifest.Recipe ?? asked;
        var prepared = PreparedCorpus.Load(source, recipe.Features.SampleRate, Environment.ProcessorCount, cancellation);
        CorpusNotes.Print(prepared);
        if (run is null)
        {
            if (!given.Contains(RecipeArguments.WindowOption)) recipe = recipe with { WindowSeconds = SpeechWindow.Choose(prepared.Data.Train, recipe.Features.SampleRate) };
            run = RunDirectory.Create(path, new RunManifest
            {
                Version = Versions.Mingling,
                Recipe = recipe,
                Classes = prepared.Data.Classes,
                Corpus = prepared.Describe(source),
            });
        }
        prepared.CheckSameAs(run.Manifest.Corpus);
        using var display = TrainingDisplay.Create(quiet);
        try
        {
            return new Trainer(prepared.Data, display, dataThreads).Train(run, cancellation);
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain($"stopped; what the finished epochs learned is in {path}, and --resume goes on from there.");
            throw;
        }
    }
}

using Mingling.Cli.Display;
using Mingling.Corpora;
using Mingling.Training.Data;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Cli;

/// <summary>One training from the command line: a corpus goes in, a run comes out.</summary>
internal static class TrainingSession
{
    public static RunDirectory Train(string path, CorpusSource source, TrainingRecipe asked, SessionOptions options, CancellationToken cancellation)
    {
        RunDirectory? run = null;
        if (RunDirectory.Exists(path) && RunDirectory.Open(path) is { } begun && (begun.HasEpochs || options.Resume))
        {
            if (!options.Resume) throw new CheckpointException($"{path} already holds a run; continue it with --resume or choose another folder.");
            run = begun;
            ResumeCheck.SameSettings(run.Manifest.Recipe, asked, options.Given);
            ResumeCheck.SameCorpusOptions(run.Manifest.Corpus.Source, source);
            source = run.Manifest.Corpus.Source with { Path = source.Path };
        }
        var recipe = run?.Manifest.Recipe ?? asked;
        var prepared = PreparedCorpus.Load(source, recipe.Features.SampleRate, Environment.ProcessorCount, cancellation);
        CorpusNotes.Print(prepared);
        run ??= RunDirectory.Create(path, new RunManifest
        {
            Version = Versions.Mingling,
            Recipe = Fitted(recipe, prepared.Data.Train, options),
            Classes = prepared.Data.Classes,
            Corpus = RunCorpus.Describe(source, prepared.Data),
        });
        run.Manifest.Corpus.RequireSame(prepared.Data);

        try
        {
            using var display = TrainingDisplay.Create(options.ForProgram);
            new Trainer(prepared.Data, display, options.DataThreads).Train(run, cancellation);
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain($"stopped; what the finished epochs learned is in {path}, and --resume goes on from there.");
            throw;
        }
        return run;
    }

    /// <summary>The recipe, with what the user left open decided by the clips.</summary>
    internal static TrainingRecipe Fitted(TrainingRecipe recipe, IReadOnlyList<LoadedClip> clips, SessionOptions options)
    {
        int rate = recipe.Features.SampleRate;
        if (options.ChooseWindow) recipe = recipe with { WindowSeconds = SpeechWindow.Choose(clips, rate) };
        if (options.ChooseForTrimmed && SpeechWindow.AreTrimmed(clips, rate, recipe.WindowSeconds))
            recipe = RecipeKeys.Keep(recipe.ForTrimmedClips(), recipe, options.Given.Keys);
        if (options.ChooseEpochs) recipe = recipe with { Epochs = recipe.EpochsFor(clips.Count) };
        return recipe;
    }
}

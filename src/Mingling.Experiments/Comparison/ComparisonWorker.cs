using Mingling.Corpora;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Comparison;

/// <summary>Trains and measures one run of a comparison; it goes on where an interrupted one stopped.</summary>
/// <param name="folder">The comparison.</param>
/// <param name="encoders">The encoders that can be named; null means those of the library.</param>
/// <param name="losses">The losses that can be named; null means those of the library.</param>
internal sealed class ComparisonWorker(ComparisonFolder folder, EncoderCatalog? encoders = null, LossCatalog? losses = null)
{
    /// <param name="id">The job of the folder's plan.</param>
    /// <param name="threads">Threads that compute. Range: at least 1.</param>
    /// <param name="cancellation">Stops after the present step.</param>
    /// <exception cref="CheckpointException">There is no such job, or the run cannot be used.</exception>
    /// <exception cref="CorpusException">The clips cannot be used.</exception>
    /// <exception cref="TrainingFailedException">The loss is no longer a number.</exception>
    public void Run(string id, int threads, CancellationToken cancellation)
    {
        using var held = folder.LockRun(id, cancellation);
        var plan = folder.ReadPlan();
        var job = plan.Jobs().FirstOrDefault(job => job.Id == id) ?? throw new CheckpointException($"{folder.Path} plans no run {id}.");
        var fold = folder.ReadFold(job.Fold);
        if (job.Kind == JobKind.Probe) fold = fold.Without(plan.HeldOutWords);

        var recipe = plan.RecipeFor(job.Variant.Loss, job.Seed);
        var files = new DecodedFiles(recipe.Features.SampleRate);
        var data = Load(plan, fold, files, cancellation);
        var run = RunOf(plan, job, fold, recipe, data);
        var warnings = new WarningList();
        var history = new Trainer(data, warnings, threads, encoders, losses).Train(run, cancellation);

        using var model = run.LoadModel(last: true, encoders);
        bool learnsAll = plan.HeldOutWords.Count == 0 || (plan.Probe && job.Kind == JobKind.Main);
        var unheard = learnsAll ? [] : Clips(fold.HeldOut, plan, files, cancellation);
        folder.WriteResult(id, JobMeasurement.Measure(model, data.Validation, unheard, history) with { Warnings = warnings.Heard });
    }

    private static TrainingData Load(ComparisonPlan plan, ComparisonFold fold, DecodedFiles files, CancellationToken cancellation)
    {
        var train = Clips(fold.Train, plan, files, cancellation);
        string[] classes = [.. train.Select(clip => clip.Clip.Label).Distinct().Order(StringComparer.Ordinal)];
        if (classes.Length < 2)
            throw new CorpusException($"fold {fold.Number} has readable training clips of {classes.Length} class(es); at least 2 are needed.");
        var validation = Clips([.. fold.Validation.Where(clip => classes.Contains(clip.Label))], plan, files, cancellation);
        if (validation.Count == 0) throw new CorpusException($"fold {fold.Number} has no readable clips to be judged by.");
        return new TrainingData(classes, train, validation, [.. Clips(fold.Noise, plan, files, cancellation).Select(clip => clip.Samples)]);
    }

    private static IReadOnlyList<LoadedClip> Clips(IReadOnlyList<CorpusClip> clips, ComparisonPlan plan, DecodedFiles files, CancellationToken cancellation) =>
        ClipLoader.Load(clips, files, parallelism: 1, plan.Source.Options.Strict, cancellation).Clips;

    private RunDirectory RunOf(ComparisonPlan plan, ComparisonJob job, ComparisonFold fold, TrainingRecipe recipe, TrainingData data)
    {
        string path = folder.RunPath(job.Id);
        if (RunDirectory.Exists(path) && RunDirectory.Open(path) is { HasEpochs: true } begun)
        {
            if (File.Exists(begun.LastPath))
            {
                begun.Manifest.Corpus.RequireSame(data);
                return begun;
            }
            // Killed, or out of disk, within its first epoch: there is nothing to go on from.
            Directory.Delete(path, recursive: true);
        }
        var splits = plan.Folds.Count == 1 ? plan.Source.Splits : plan.Source.Splits with { LeaveOutSpeakers = fold.Speakers() };
        var options = job.Kind == JobKind.Main ? plan.Source.Options : plan.Source.Options with { Words = data.Classes };
        return RunDirectory.Create(path, new RunManifest
        {
            Version = plan.Version,
            Recipe = recipe,
            Classes = data.Classes,
            Corpus = RunCorpus.Describe(plan.Source with { Splits = splits, Options = options }, data),
        });
    }
}

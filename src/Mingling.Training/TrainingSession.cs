using Mingling.Corpora;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Data;
using Mingling.Training.Loop;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Training;

/// <summary>From recordings to a trained run: what <c>mingling train</c> does, with the same bytes for the same request.</summary>
public static class TrainingSession
{
    /// <summary>
    /// Reads and splits the corpus, completes the recipe by its clips (<see cref="RecipeFitting.Fit"/>), and trains. A run that was stopped
    /// goes on from its last finished epoch, by its own recipe. libtorch must be loaded (<c>TorchRuntime.Load</c>).
    /// </summary>
    /// <param name="request">What to train.</param>
    /// <param name="cancellation">Stops after the present step; finished epochs stay, and the run can be continued.</param>
    /// <returns>The finished run.</returns>
    /// <exception cref="CorpusException">The corpus cannot be used.</exception>
    /// <exception cref="CheckpointException">
    /// The folder holds a run and <see cref="TrainingRequest.Resume"/> is not set, or the run is damaged, in use, or of another corpus.
    /// </exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="TrainingFailedException">The loss is no longer a number, or the clips do not suffice for the batches that it needs.</exception>
    /// <exception cref="ArgumentException">The recipe cannot be used, or differs from that of the run to be continued.</exception>
    /// <exception cref="LossExpressionException">The loss names something that is not in <see cref="TrainingRequest.Losses"/>.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped.</exception>
    public static RunDirectory Train(TrainingRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Losses is { } losses) request = request with { Recipe = request.Recipe with { Loss = request.Recipe.Loss.Check(losses) } };
        request.Recipe.Validate();
        var begun = RunDirectory.FindBegun(request.RunPath, request.Resume);
        var source = request.Corpus;
        if (begun is not null)
        {
            ResumeCheck.RequireSameSettings(begun.Manifest.Recipe, request);
            ResumeCheck.RequireSameCorpusOptions(begun.Manifest.Corpus.Source, source);
            source = begun.Manifest.Corpus.Source with { Path = source.Path };
        }
        var recipe = begun?.Manifest.Recipe ?? request.Recipe;
        var prepared = PreparedCorpus.Load(source, new DecodedFiles(recipe.Features.SampleRate, request.SoundBytes), request.DecodingThreads, recipe.Negatives.Ratio > 0, cancellation);
        var observer = request.Observer ?? new SilentObserver();
        if (recipe.Negatives.Ratio > 0)
            prepared = prepared with { Data = SyntheticNegatives.Join(prepared.Data.WithUnknown(), recipe, request.DecodingThreads, observer.Warned, cancellation) };
        observer.Prepared(prepared);
        var run = begun ?? RunDirectory.Create(request.RunPath, new RunManifest
        {
            Version = request.Version,
            Recipe = RecipeFitting.Fit(recipe, prepared.Data.Train, request.GivenKeys),
            Classes = prepared.Data.Classes,
            Corpus = RunCorpus.Describe(source, prepared.Data),
        });
        run.Manifest.Corpus.RequireSame(prepared.Data);
        new Trainer(prepared.Data, observer, request.DataThreads, request.Encoders, request.Losses).Train(run, cancellation);
        return run;
    }

    private sealed class SilentObserver : ITrainingObserver
    {
        public void Started(TrainingStart start)
        {
        }

        public void StepDone(StepReport step)
        {
        }

        public void EpochDone(EpochReport epoch)
        {
        }

        public void Warned(string sentence)
        {
        }
    }
}

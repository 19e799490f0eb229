using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Mingling.Corpora;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Ranks;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Training;

/// <summary>From recordings to a trained run: what <c>mingling train</c> does, with the same bytes for the same request.</summary>
public static class TrainingSession
{
    /// <summary>
    /// Reads and splits the corpus, completes the recipe by its clips (<see cref="RecipeFitting.Fit"/>), and trains. Where the request
    /// says nothing of the recipe besides its seed and half of the words have at most 20 training clips, the training begins from the base encoder
    /// instead, by the recipe <c>few</c>. A run that was stopped goes on from its last finished epoch, by its own recipe. libtorch must be loaded (<c>TorchRuntime.Load</c>).
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
        var otherSpeech = Stopwatch.StartNew();
        if (recipe.Negatives.Ratio > 0)
        {
            var people = InstalledPeople.Join(prepared.Data.WithUnknown(), recipe, request.DecodingThreads, observer.Warned, cancellation);
            prepared = prepared with { Data = SyntheticNegatives.Join(people, recipe, request.DecodingThreads, observer.Warned, cancellation) };
        }
        otherSpeech.Stop();
        observer.Prepared(prepared);
        RequireSameEverywhere(prepared.Data, request.Ranks);
        var run = begun ?? Begin(request, () => new RunManifest
        {
            Version = request.Version,
            Recipe = FewRecordings.Choose(recipe, request.GivenKeys, prepared.Data.Train, observer.Noted) ?? RecipeFitting.Fit(recipe, prepared.Data.Train, request.GivenKeys),
            Classes = prepared.Data.Classes,
            Corpus = RunCorpus.Describe(source, prepared.Data),
        });
        run.Manifest.Corpus.RequireSame(prepared.Data);
        if (run.Manifest.Recipe.Negatives.Sounds > 0 && request.Ranks.IsFirst) PreparationTime.Of(otherSpeech.Elapsed).Write(run.PreparationPath);
        var (data, back) = HeldBack.Split(prepared.Data, recipe.Features.SampleRate);
        new Trainer(data, observer, request.Threads, request.Encoders, request.Losses, request.Ranks).Train(run, cancellation);
        if (recipe.Negatives.Ratio > 0 && request.Ranks.IsFirst) FindThreshold(run, back, request.Encoders);
        return run;
    }

    /// <summary>Where there is too little other speech to tell, the exported file has the default of its kind.</summary>
    private static void FindThreshold(RunDirectory run, HeldBack back, EncoderCatalog? encoders)
    {
        using var model = run.LoadModel(catalog: encoders);
        back.Find(model)?.Write(run.ThresholdPath);
    }

    /// <summary>The first process begins the run; the others open it then.</summary>
    private static RunDirectory Begin(TrainingRequest request, Func<RunManifest> manifest)
    {
        var begun = request.Ranks.IsFirst ? RunDirectory.Create(request.RunPath, manifest()) : null;
        request.Ranks.Wait();
        return begun ?? RunDirectory.Open(request.RunPath);
    }

    /// <exception cref="CheckpointException">A process has other recordings than the first.</exception>
    private static void RequireSameEverywhere(TrainingData data, ProcessGroup ranks)
    {
        if (ranks.Count == 1) return;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var clip in data.Train.Concat(data.Validation))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(PreparedCorpus.ClipId(clip)));
            hash.AppendData(MemoryMarshal.AsBytes(clip.Samples.AsSpan()));
        }
        foreach (float[] sound in data.Noise.Concat(data.Negatives)) hash.AppendData(MemoryMarshal.AsBytes(sound.AsSpan()));
        byte[][] digests = ranks.Gather(hash.GetHashAndReset());
        int other = Array.FindIndex(digests, digest => !digest.AsSpan().SequenceEqual(digests[0]));
        if (other >= 0)
            throw new CheckpointException($"process {other} has read other recordings than process 0; all must see the same corpus, with the same version of Mingling and of eSpeak NG.");
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

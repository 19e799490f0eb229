using System.Diagnostics;
using System.Runtime.InteropServices;
using Mingling.Training.Checkpoints;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Runs;
using static TorchSharp.torch;

namespace Mingling.Training;

/// <summary>
/// Trains an encoder with softmax cross-entropy and center loss. After each epoch the model is measured on the validation clips and
/// saved; a training that was stopped goes on from its last finished epoch and ends with the same weights as one that was not.
/// Weights and dropout are drawn from torch's random state, which belongs to the process: while one training runs, nothing else in
/// the process may draw from it if the result is to be repeatable.
/// </summary>
public sealed class Trainer
{
    // Streams of random numbers that must not depend on each other.
    private const ulong WeightStream = 1, OrderStream = 2, DropoutStream = 3;

    private readonly TrainingData _data;
    private readonly ITrainingObserver _observer;
    private readonly EncoderCatalog? _catalog;
    private readonly int _dataThreads;

    /// <summary>Prepares a training.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="observer">Hears of steps and epochs.</param>
    /// <param name="dataThreads">Threads that prepare batches ahead. Range: at least 1. Does not change the result.</param>
    /// <param name="catalog">The encoders that can be named; null means those of the library.</param>
    public Trainer(TrainingData data, ITrainingObserver observer, int dataThreads = 1, EncoderCatalog? catalog = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dataThreads, 1);
        if (data.Train.Count < 2) throw new ArgumentException("there must be at least 2 clips to learn from.", nameof(data));
        (_data, _observer, _dataThreads, _catalog) = (data, observer, dataThreads, catalog);
    }

    /// <summary>Trains until the last epoch of the run's recipe, from the last finished one.</summary>
    /// <param name="run">The run's folder; it receives weights and history after each epoch.</param>
    /// <param name="cancellation">Stops after the present step; what was saved stays, and the run can be continued.</param>
    /// <returns>The finished epochs.</returns>
    /// <exception cref="OperationCanceledException">The training was stopped.</exception>
    /// <exception cref="CheckpointException">The run is in use, cannot be written or is damaged.</exception>
    /// <exception cref="TrainingFailedException">The loss is no longer a number.</exception>
    public IReadOnlyList<EpochReport> Train(RunDirectory run, CancellationToken cancellation = default)
    {
        using var held = run.Lock();
        var recipe = run.Manifest.Recipe;
        random.manual_seed(Seed(recipe, WeightStream));
        using var model = Checkpoint.Build(run, _catalog);
        using var state = new TrainingState(recipe, model);
        var history = Resume(run, state);

        var validation = new ValidationSet(_data, model.Window);
        int[] labels = Labels(_data);
        _observer.Started(new TrainingStart(_data.Classes.Count, _data.Train.Count, _data.Validation.Count,
            model.Encoder.ParameterCount + model.Head.parameters().Sum(p => p.numel()), history.Count + 1, recipe.Epochs));
        if (history.Count >= recipe.Epochs) return history;

        var source = new AugmentedClips(_data, model.Window, recipe);
        using var batches = new BatchPrefetcher(
            [.. Enumerable.Range(0, _dataThreads).Select(_ => source.Preparation())], epoch => Plan(recipe, epoch), labels,
            (history.Count, recipe.Epochs), Math.Min(recipe.BatchSize, _data.Train.Count), model.Window.Values);

        for (int epoch = history.Count; epoch < recipe.Epochs; epoch++)
        {
            random.manual_seed(Seed(recipe, DropoutStream, epoch));
            var clock = Stopwatch.StartNew();
            var (meter, rate) = RunEpoch(epoch, recipe, state, batches, cancellation);
            double trainSeconds = clock.Elapsed.TotalSeconds;
            var (accuracy, loss) = validation.Measure(model);
            if (loss is { } measured && !double.IsFinite(measured)) throw Diverged(recipe, measured, epoch);
            bool best = history.All(past => !Better(past.ValidationAccuracy, past.ValidationLoss, accuracy, loss));
            history.Add(new EpochReport(epoch + 1, meter.Mean, meter.Accuracy, accuracy, loss, rate,
                clock.Elapsed.TotalSeconds, meter.Clips / trainSeconds, best));
            Save(run, state, history);
            _observer.EpochDone(history[^1]);
        }
        return history;
    }

    private (LossMeter Meter, double Rate) RunEpoch(
        int epoch, TrainingRecipe recipe, TrainingState state, BatchPrefetcher batches, CancellationToken cancellation)
    {
        state.Model.Learning();
        int steps = EpochPlan.BatchCount(_data.Train.Count, recipe.BatchSize);
        var meter = new LossMeter();
        var clock = Stopwatch.StartNew();
        double rate = 0;
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            rate = recipe.Optimizer.RateAt((long)epoch * steps + step, (long)recipe.Epochs * steps);
            state.SetLearningRate(rate);
            var batch = batches.Take();
            var (loss, right) = Step(recipe, state, batch);
            meter.Add(loss, right, batch.Count);
            batches.Return(batch);
            if (!double.IsFinite(loss.Total)) throw Diverged(recipe, loss.Total, epoch);
            _observer.StepDone(new StepReport(epoch + 1, step + 1, steps, loss, meter.Clips / clock.Elapsed.TotalSeconds));
        }
        return (meter, rate);
    }

    private static (LossParts Loss, long Right) Step(TrainingRecipe recipe, TrainingState state, Batch batch)
    {
        using var scope = NewDisposeScope();
        var model = state.Model;
        var features = empty(batch.Count, 1, model.Window.Bins, model.Window.Frames);
        MemoryMarshal.AsBytes(batch.Features.AsSpan(0, batch.Count * model.Window.Values)).CopyTo(features.bytes);
        var labels = empty(batch.Count, ScalarType.Int64);
        MemoryMarshal.AsBytes(batch.Labels.AsSpan(0, batch.Count)).CopyTo(labels.bytes);

        state.Optimizer.zero_grad();
        var embeddings = model.Encoder.call(features);
        var logits = model.Head.call(embeddings);
        var softmax = nn.functional.cross_entropy(logits, labels, label_smoothing: recipe.LabelSmoothing);
        double entropy = softmax.item<float>();
        if (!double.IsFinite(entropy)) return (new LossParts(entropy, entropy, 0), 0);
        var total = softmax;
        double center = 0;
        if (state.Center is not null)
        {
            var weighted = state.Center.forward(embeddings, labels) * recipe.CenterWeight;
            total = softmax + weighted;
            center = weighted.item<float>();
        }
        total.backward();
        state.Optimizer.step();
        state.Center?.Update(embeddings.detach(), labels);
        long right = logits.argmax(1).eq(labels).sum().item<long>();
        return (new LossParts(entropy + center, entropy, center), right);
    }

    private static TrainingFailedException Diverged(TrainingRecipe recipe, double loss, int epoch) =>
        new($"the loss became {loss} in epoch {epoch + 1}; a lower learning rate than {recipe.Optimizer.LearningRate}, "
            + $"weight decay than {recipe.Optimizer.WeightDecay} or center weight than {recipe.CenterWeight} may help.");

    /// <summary>Whether an earlier result is strictly better: a later epoch wins a tie, as its learning rate was lower.</summary>
    private static bool Better(double? accuracy, double? loss, double? newAccuracy, double? newLoss) =>
        accuracy > newAccuracy || (accuracy == newAccuracy && loss < newLoss);

    private static List<EpochReport> Resume(RunDirectory run, TrainingState state)
    {
        if (!File.Exists(run.LastPath))
        {
            if (run.History().Count == 0) return [];
            throw new CheckpointException($"{run.LastPath} is missing though epochs were finished; restore it, or begin another run.");
        }
        using var file = Safetensors.Read(run.LastPath);
        int epochs = Checkpoint.Epochs(run.LastPath, file, run.Manifest);
        state.Restore(run.LastPath, file);
        // A run whose best weights are gone or damaged must not end as if all were well.
        Safetensors.Read(run.BestPath).Dispose();
        var history = run.History();
        if (history.Count < epochs)
            throw new CheckpointException($"the history of {run.Path} ends after {history.Count} epochs, its weights after {epochs}.");
        return [.. history.Take(epochs)];
    }

    /// <summary>
    /// The last weights are written last: a crash before that repeats the epoch, and writes the same best weights and history again.
    /// </summary>
    private static void Save(RunDirectory run, TrainingState state, List<EpochReport> history)
    {
        var metadata = Checkpoint.Metadata(run.Manifest, history.Count);
        if (history[^1].Best) Safetensors.Write(run.BestPath, state.ModelTensors(), metadata);
        run.WriteHistory(history);
        state.Save(run.LastPath, metadata);
    }

    private EpochPlan Plan(TrainingRecipe recipe, int epoch) =>
        new(_data.Train.Count, recipe.BatchSize, SeededRandom.Derive((ulong)recipe.Seed, OrderStream, (ulong)epoch));

    private static long Seed(TrainingRecipe recipe, ulong stream, int epoch = 0) =>
        (long)(SeededRandom.Derive((ulong)recipe.Seed, stream, (ulong)epoch) >> 1);

    private static int[] Labels(TrainingData data)
    {
        var index = ClassIndex.Of(data.Classes);
        return [.. data.Train.Select(clip => index[clip.Clip.Label])];
    }
}

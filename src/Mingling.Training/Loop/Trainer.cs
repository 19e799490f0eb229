using System.Diagnostics;
using Mingling.Corpora;
using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Miners;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Mining;
using Mingling.Training.Models;
using Mingling.Training.Objectives;
using Mingling.Training.Passes;
using Mingling.Training.Ranks;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using Mingling.Training.Workers;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>
/// Trains an encoder with the joint loss of its recipe. After each epoch the model is measured on the validation clips and saved; a
/// training that was stopped goes on from its last finished epoch and ends with the same weights as one that was not.
/// Weights, dropout and mixtures are drawn from torch's random state, which belongs to the process: while one training runs, nothing else
/// in the process may draw from it if the result is to be repeatable.
/// </summary>
public sealed class Trainer
{
    // Streams of random numbers that must not depend on each other; batches have their own.
    private const ulong WeightStream = 1, StepStream = 3, MinerStream = 5, NormStream = 6;

    private readonly TrainingData _data;
    private readonly ITrainingObserver _observer;
    private readonly EncoderCatalog? _encoders;
    private readonly LossCatalog? _losses;
    private readonly int _threads;
    private readonly ProcessGroup _ranks;
    private readonly int[] _labels;

    /// <summary>Prepares a training.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="observer">Hears of steps and epochs.</param>
    /// <param name="threads">Threads that compute. Range: at least 1. They do not change the result.</param>
    /// <param name="encoders">The encoders that can be named; null means those of the library.</param>
    /// <param name="losses">The losses that can be named; null means those that the recipe was checked against, or those of the library.</param>
    /// <param name="ranks">
    /// The processes that train together; null for this one alone. All have the same recordings and reach the run's folder; only the first writes. They do
    /// not change the result.
    /// </param>
    public Trainer(TrainingData data, ITrainingObserver observer, int threads = 1, EncoderCatalog? encoders = null, LossCatalog? losses = null, ProcessGroup? ranks = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (data.Train.Count < 2) throw new ArgumentException("there must be at least 2 clips to learn from.", nameof(data));
        (_data, _observer, _threads, _encoders, _losses, _ranks) = (data, observer, threads, encoders, losses, ranks ?? ProcessGroup.Single);
        var index = ClassNumbers.ByName(data.Classes);
        _labels = [.. data.Train.Select(clip => index[clip.Clip.Label])];
    }

    /// <summary>Trains all members of the run until the last epoch of its recipe, from the last finished one.</summary>
    /// <param name="run">The run's folder; it receives weights and history after each epoch.</param>
    /// <param name="cancellation">Stops after the present step; what was saved stays, and the run can be continued.</param>
    /// <returns>The finished epochs, as <see cref="RunDirectory.History"/> gives them.</returns>
    /// <exception cref="OperationCanceledException">The training was stopped.</exception>
    /// <exception cref="CheckpointException">The run is in use, cannot be written or is damaged.</exception>
    /// <exception cref="TrainingFailedException">The loss is no longer a number, or the clips do not suffice for the batches that it needs.</exception>
    public IReadOnlyList<EpochReport> Train(RunDirectory run, CancellationToken cancellation = default)
    {
        using var held = _ranks.IsFirst ? run.Lock() : null;
        // libtorch sets up each thread that first asks how many threads it has.
        using var pool = new WorkPool(_threads, () => get_num_threads());
        var recipe = run.Manifest.Recipe;
        using var teachers = TeacherEnsemble.Load(run, _encoders);
        // The first process writes them; the others read.
        if (!_ranks.IsFirst) _ranks.Wait();
        using var targets = EmbeddingTargets.Load(run, _data, new Audio.ClipWindow(recipe.Features, recipe.WindowSeconds), _threads, cancellation);
        if (_ranks.IsFirst) _ranks.Wait();
        var progress = new MemberProgress(_observer, recipe);
        foreach (var member in run.Members)
        {
            if (progress.SkipsFinished(member)) continue;
            if (_ranks.IsFirst) member.MakeFolder();
            progress.Add(Train(member, teachers, targets, progress, pool, cancellation));
        }
        return progress.History;
    }

    /// <summary>Trains one member.</summary>
    /// <returns>Its finished epochs.</returns>
    private IReadOnlyList<EpochReport> Train(
        RunDirectory run, TeacherEnsemble? teachers, EmbeddingTargets? targets, MemberProgress progress, WorkPool pool, CancellationToken cancellation)
    {
        var recipe = run.Manifest.Recipe;
        random.manual_seed(Seed(recipe, WeightStream));
        using var model = Checkpoint.Build(run, _encoders);
        if (!File.Exists(run.LastPath)) TrainedOrigin.Load(model, _encoders);
        using var objective = Checkpoint.Made(run, () => new TrainingObjective(recipe, model, teachers, _losses, targets));
        if (recipe.Negatives.Ratio > 0 && model.Unknown < 0)
            throw new TrainingFailedException($"the recipe hears windows without a command, and the run has no class {CorpusClip.UnknownLabel} for them; begin it by {nameof(TrainingSession)}, which adds it.");
        if (recipe.Negatives.Ratio > 0) teachers?.RequireStepsOf(model.Encoder);
        int[] labels = [.. _labels, .. Enumerable.Repeat(model.Unknown, NegativeWindows.Count(recipe, _labels.Length))];
        var planner = new BatchPlanner(recipe, labels, _data.Classes, objective);
        using var state = new TrainingState(recipe, model, objective, labels.Length);
        var history = Resume(run, state, teachers);

        progress.Started(new TrainingStart(_data.Classes.Count, _data.Train.Count, _data.Validation.Count,
            state.Parameters.Sum(p => p.numel()), history.Count + 1, recipe.Epochs));
        var warnings = new TrainingWarnings(recipe, objective);
        for (int epochs = 1; epochs <= history.Count; epochs++) Warn(warnings, [.. history.Take(epochs)]);
        if (history.Count >= recipe.Epochs) return history;

        var miner = new TrainingSetMiner(_data, _labels, model.Window, pool);
        var negatives = NegativeMiner.Of(_data, recipe, pool);
        var validation = new ValidationSet(_data, model.Window, pool);
        var heard = new HeardWindow(model);
        var source = new AugmentedClips(_data, heard, recipe, state.Mined.Hard);
        using var pass = new BatchPass(model, objective, _encoders, pool, _ranks);
        var plans = new EpochPlans(epoch => planner.Plan(epoch, state.Mined));
        var batches = new BatchPrefetcher(pool, source.Preparation, plans, labels, (history.Count, recipe.Epochs), planner.LargestBatch, heard, model.Unknown,
            clips => MicroBatches.RowsOf(_ranks, clips));
        pool.Background = batches;

        var statistics = new BatchNormStatistics(model, heard.Sound, source.Preparation, pool, labels.Length, recipe.BatchSize, SeededRandom.Derive((ulong)recipe.Seed, NormStream));

        for (int epoch = history.Count; epoch < recipe.Epochs; epoch++)
        {
            var clock = Stopwatch.StartNew();
            int plannable = OrDiverged(() => Mine(epoch, recipe, planner, state, miner, negatives), recipe, epoch);
            // Machines that round differently must not drift apart.
            if (_ranks.Count > 1) state.Agree(_ranks);
            plans.AllowBelow(plannable);
            pool.Wake();
            objective.Loss.Restart(Seed(recipe, MinerStream, epoch));
            var trained = Stopwatch.StartNew();
            var (meter, rate) = RunEpoch(epoch, recipe, planner, state, pass, batches, progress, cancellation);
            double trainSeconds = trained.Elapsed.TotalSeconds;
            if (!double.IsFinite(meter.GradientNorm)) throw Diverged(recipe, meter.GradientNorm, epoch);

            double share = WeightAverage.ShareOfEpoch(recipe, epoch);
            if (recipe.AverageLast > 1) state.Average!.Follow(share);
            using (var exchanged = state.Average?.Use())
            {
                model.Evaluating();
                if (share < 1) statistics.Measure(epoch);
                objective.FillHead(model, () => OrDiverged(() => miner.ClassMeans(model), recipe, epoch));
                var measured = OrDiverged(() => validation.Measure(model), recipe, epoch);
                if (measured.Loss is { } loss && !double.IsFinite(loss)) throw Diverged(recipe, loss, epoch);
                bool best = epoch >= recipe.Epochs - recipe.AverageLast || history.All(past => !Better(past, measured));
                history.Add(new EpochReport(epoch + 1, meter.Mean, meter.Accuracy, measured.Accuracy, measured.Loss, rate,
                    clock.Elapsed.TotalSeconds, meter.Clips / trainSeconds, best, Describe(meter, measured.Geometry)));
                if (_ranks.IsFirst) Save(run, state, teachers, exchanged, history);
            }
            progress.EpochDone(history[^1]);
            Warn(warnings, history);
        }
        return history;
    }

    /// <summary>Embeds the training set where it is time to; returns the epoch before which plans can now be made.</summary>
    private int Mine(int epoch, TrainingRecipe recipe, BatchPlanner planner, TrainingState state, TrainingSetMiner miner, NegativeMiner? negatives)
    {
        if (!planner.Mines && negatives is null) return recipe.Epochs;
        int interval = recipe.Batches.MiningInterval;
        if (epoch > 0 && epoch % interval == 0)
        {
            state.Model.Evaluating();
            // At the first time, because a model that has heard them longer believes what it was told.
            bool asks = epoch == interval && _data.NegativeNames.Count > 0;
            var places = negatives?.Mine(state.Model, epoch, state.Mined.Hard, asks ? miner.Typical(state.Model) : null);
            if (asks && places is not null)
            {
                state.Mined.Hard.Doubted = SuspectedCommands.Recordings(places, _data, state.Model.SampleRate);
                if (SuspectedCommands.Name(places, _data, state.Model) is { } sentence) _observer.Warned(sentence);
            }
        }
        if (planner.Mines && epoch > 0 && epoch % interval == 0)
        {
            state.Objective.FillHead(state.Model, () => miner.ClassMeans(state.Model));
            miner.Mine(state.Model, state.Objective.OfflineMeasure is { } measure ? new OfflineMiner(measure) : null, state.Mined);
        }
        return (epoch / interval + 1) * interval;
    }

    private (EpochMeter Meter, double Rate) RunEpoch(
        int epoch, TrainingRecipe recipe, BatchPlanner planner, TrainingState state, BatchPass pass, BatchPrefetcher batches, MemberProgress progress,
        CancellationToken cancellation)
    {
        state.Model.Learning();
        state.Objective.Loss.train();
        var meter = new EpochMeter(state.Objective.Loss);
        var training = new TrainingStep(recipe, state, pass, meter);
        var clock = Stopwatch.StartNew();
        double rate = 0;
        for (int step = 0; step < planner.Steps; step++)
        {
            if (_ranks.Count == 1) cancellation.ThrowIfCancellationRequested();
            long done = (long)epoch * planner.Steps + step, all = (long)recipe.Epochs * planner.Steps;
            rate = recipe.Optimizer.RateAt(done, all);
            state.SetLearningRate(rate);
            state.Objective.ApplySchedules((double)done / all);
            var batch = batches.Take();
            var loss = training.Run(batch, SeededRandom.Derive((ulong)recipe.Seed, StepStream, (ulong)done), cancellation);
            batches.Return(batch);
            if (!double.IsFinite(loss.Total)) throw Diverged(recipe, loss.Total, epoch);
            if (recipe.AverageDecay > 0) state.Average!.Follow(WeightAverage.ShareOfStep(recipe.AverageDecay, done));
            progress.StepDone(new StepReport(epoch + 1, step + 1, planner.Steps, loss, meter.Clips / clock.Elapsed.TotalSeconds));
        }
        return (meter, rate);
    }

    private void Warn(TrainingWarnings warnings, IReadOnlyList<EpochReport> history)
    {
        foreach (string warning in warnings.New(history)) _observer.Warned(warning);
    }

    private EmbeddingReport Describe(EpochMeter meter, MetricLearning.Evaluation.ClassGeometry? geometry)
    {
        var nearest = geometry?.NearestPair;
        return new EmbeddingReport(meter.GradientNorm, meter.Spread, meter.Triplets, geometry?.IntraClassDistance, geometry?.InterClassDistance,
            nearest is null ? null : $"{_data.Classes[(int)nearest.First]} – {_data.Classes[(int)nearest.Second]}", nearest?.CenterDistance);
    }

    /// <summary>A measure of embeddings, which refuses those that grew beyond all measure.</summary>
    private static T OrDiverged<T>(Func<T> measure, TrainingRecipe recipe, int epoch)
    {
        try
        {
            return measure();
        }
        catch (ArgumentException)
        {
            throw Diverged(recipe, double.PositiveInfinity, epoch);
        }
    }

    private static TrainingFailedException Diverged(TrainingRecipe recipe, double loss, int epoch) =>
        new($"the loss or its gradient became {loss} in epoch {epoch + 1}; a lower learning rate than {recipe.Optimizer.LearningRate}, gradient clipping, "
            + $"or smaller weights in '{recipe.Loss.Text}' may help.");

    /// <summary>Whether an earlier result is strictly better: a later epoch wins a tie, as its learning rate was lower.</summary>
    private static bool Better(EpochReport past, ValidationReport now) =>
        past.ValidationAccuracy > now.Accuracy || (past.ValidationAccuracy == now.Accuracy && past.ValidationLoss < now.Loss);

    private static List<EpochReport> Resume(RunDirectory run, TrainingState state, TeacherEnsemble? teachers)
    {
        if (!File.Exists(run.LastPath))
        {
            // The first epoch's last weights are written after its history: without them it is done again.
            if (run.OwnHistory().Count <= 1) return [];
            throw new CheckpointException($"{run.LastPath} is missing though epochs were finished; restore it, or begin another run.");
        }
        using var file = Safetensors.Read(run.LastPath);
        int epochs = Checkpoint.Epochs(run.LastPath, file, run.Manifest);
        Checkpoint.CheckTeachers(run.LastPath, file, run.Manifest.Recipe.Distillation, teachers?.Digests ?? []);
        state.Restore(run.LastPath, file);
        // A run whose best weights are gone or damaged must not end as if all were well.
        Safetensors.Read(run.BestPath).Dispose();
        var history = run.OwnHistory();
        if (history.Count < epochs)
            throw new CheckpointException($"the history of {run.Path} ends after {history.Count} epochs, its weights after {epochs}.");
        return [.. history.Take(epochs)];
    }

    /// <summary>
    /// The last weights are written last: a crash before that repeats the epoch, and writes the same best weights and history again.
    /// </summary>
    private static void Save(RunDirectory run, TrainingState state, TeacherEnsemble? teachers, WeightAverage.Exchange? exchanged, List<EpochReport> history)
    {
        var metadata = Checkpoint.Metadata(run.Manifest, history.Count, teachers?.Digests ?? []);
        if (history[^1].Best) Safetensors.Write(run.BestPath, state.Learned(), metadata);
        run.WriteHistory(history);
        state.Save(run.LastPath, exchanged, metadata);
    }

    private static long Seed(TrainingRecipe recipe, ulong stream, int epoch = 0) =>
        (long)(SeededRandom.Derive((ulong)recipe.Seed, stream, (ulong)epoch) >> 1);
}

using Mingling.Experiments.Evaluation;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Data;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public class TrainerTests
{
    private static TrainingRecipe Recipe => Trainings.Recipe;

    [Fact]
    public void Trainer_on_words_that_differ_learns_them()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var run = Train(folder["run"], data, Recipe with { Epochs = 40 });

        run.History().Count.ShouldBe(40);
        using var model = run.LoadModel();
        var report = Evaluator.Evaluate(model, data.Validation);
        report.Accuracy.ShouldBeGreaterThan(0.9);
        // What a run keeps is its last epoch.
        report.Accuracy.ShouldBe(run.History()[^1].ValidationAccuracy!.Value);
    }

    [Fact]
    public void Trainer_with_the_same_seed_gives_the_same_model_byte_for_byte_whatever_the_threads()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var first = Train(folder["a"], data, Recipe, threads: 1);
        var second = Train(folder["b"], data, Recipe, threads: 3);
        var other = Train(folder["c"], data, Recipe with { Seed = 2 });

        Trainings.ShouldBeEqualFiles(second.LastPath, first.LastPath);
        Trainings.ShouldBeEqualFiles(second.BestPath, first.BestPath);
        File.ReadAllBytes(other.LastPath).AsSpan().SequenceEqual(File.ReadAllBytes(first.LastPath)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void Trainer_interrupted_and_continued_ends_with_the_weights_of_an_uninterrupted_run(OptimizerKind optimizer)
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var recipe = Recipe with { Optimizer = Recipe.Optimizer with { Kind = optimizer } };
        var whole = Train(folder["whole"], data, recipe);

        var run = Trainings.Begin(folder["cut"], data, recipe);
        int steps = EpochPlan.BatchCount(data.Train.Count, recipe.BatchSize);
        foreach (int stopAfter in new[] { 1, steps + 1, 2 * steps })
        {
            using var stop = new CancellationTokenSource();
            var observer = new Observer { Stop = stop, StopAfterSteps = stopAfter };
            Should.Throw<OperationCanceledException>(() => new Trainer(data, observer).Train(run, stop.Token));
        }
        run = RunDirectory.Open(run.Path);
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);

        Trainings.ShouldBeEqualFiles(run.LastPath, whole.LastPath);
        Trainings.ShouldBeEqualFiles(run.BestPath, whole.BestPath);
        run.History().Select(Trainings.Timeless).ShouldBe(whole.History().Select(Trainings.Timeless));
    }

    [Fact]
    public void Trainer_crashed_before_the_last_weights_were_written_repeats_the_epoch()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var whole = Train(folder["whole"], data, Recipe);
        byte[] previous = [];
        var run = Trainings.Begin(folder["cut"], data, Recipe);
        using var stop = new CancellationTokenSource();
        var observer = new Observer
        {
            OnEpoch = epoch =>
            {
                if (epoch.Epoch == 2) previous = File.ReadAllBytes(run.LastPath);
                if (epoch.Epoch == 3) stop.Cancel();
            },
        };
        Should.Throw<OperationCanceledException>(() => new Trainer(data, observer).Train(run, stop.Token));
        File.WriteAllBytes(run.LastPath, previous); // As if the process had ended just before this file was replaced.

        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        Trainings.ShouldBeEqualFiles(run.LastPath, whole.LastPath);
        Trainings.ShouldBeEqualFiles(run.BestPath, whole.BestPath);
        run.History().Count.ShouldBe(Recipe.Epochs);
    }

    [Fact]
    public void Trainer_crashed_in_the_first_epoch_before_the_last_weights_were_written_begins_anew()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var recipe = Recipe with { Epochs = 1 };
        var whole = Train(folder["whole"], data, recipe);
        var run = Train(folder["cut"], data, recipe);
        File.Delete(run.LastPath);

        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        Trainings.ShouldBeEqualFiles(run.LastPath, whole.LastPath);
        run.History().Count.ShouldBe(1);
    }

    [Fact]
    public void Trainer_over_many_steps_leaves_no_tensor_behind()
    {
        using var folder = new TemporaryFolder();
        var counts = new List<long>();
        LiveTensors.CollectWhatOthersLeft();
        var observer = new Observer { OnEpoch = _ => counts.Add(LiveTensors.Count) };
        Train(folder["run"], Tones.Data(), Recipe with { Epochs = 6 }, observer: observer);

        LiveTensors.ShouldNotGrow(counts);
    }

    [Fact]
    public void Trainer_reports_the_loss_as_the_sum_of_its_parts()
    {
        using var folder = new TemporaryFolder();
        var run = Train(folder["run"], Tones.Data(), Recipe with { Loss = LossExpression.Parse("softmax + 0.1 center") });
        foreach (var epoch in run.History())
        {
            epoch.Loss["center"].ShouldBeGreaterThan(0);
            epoch.Loss.Total.ShouldBe(epoch.Loss["softmax"] + epoch.Loss["center"], 1e-6);
        }
        Train(folder["plain"], Tones.Data(), Recipe with { Loss = LossExpression.Parse("softmax") }).History()[^1].Loss.Parts.Count.ShouldBe(1);
    }

    [Fact]
    public void Trainer_whose_loss_is_no_number_stops_and_says_what_may_help()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var wild = Recipe with { Optimizer = Recipe.Optimizer with { LearningRate = 1e30, WarmUp = 0 } };
        Should.Throw<TrainingFailedException>(() => Train(folder["run"], data, wild)).Message.ShouldContain("lower learning rate");
    }

    [Fact]
    public void Trainer_on_a_run_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var run = Trainings.Begin(folder["run"], data, Recipe);
        var observer = new Observer { OnEpoch = _ => Should.Throw<CheckpointException>(() => new Trainer(data, new Observer()).Train(run)).Message.ShouldContain("another process") };
        new Trainer(data, observer).Train(run, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Model_of_a_damaged_or_foreign_checkpoint_is_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var run = Train(folder["run"], data, Recipe with { Epochs = 1 });
        byte[] whole = File.ReadAllBytes(run.BestPath);

        File.WriteAllBytes(run.BestPath, whole[..(whole.Length / 2)]);
        Should.Throw<CheckpointException>(() => run.LoadModel()).Message.ShouldContain("best.safetensors is not a whole safetensors file");

        var wider = Train(folder["wide"], data, Recipe with { Epochs = 1, Encoder = Recipe.Encoder with { Width = 1 } });
        File.Copy(wider.BestPath, run.BestPath, overwrite: true);
        Should.Throw<CheckpointException>(() => run.LoadModel()).Message.ShouldContain("does not fit this model");

        string manifest = Path.Combine(run.Path, "run.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"format\": 2", "\"format\": 9"));
        Should.Throw<CheckpointException>(() => RunDirectory.Open(run.Path)).Message.ShouldContain("format 9; this version of Mingling reads format 2");

        File.WriteAllText(manifest, "{");
        Should.Throw<CheckpointException>(() => RunDirectory.Open(run.Path)).Message.ShouldContain("is not a manifest");
        Should.Throw<CheckpointException>(() => RunDirectory.Open(folder["nothing"])).Message.ShouldContain("holds no run");
        Should.Throw<CheckpointException>(() => RunDirectory.Create(run.Path, wider.Manifest)).Message.ShouldContain("already holds a run");
    }

    private static RunDirectory Train(string path, TrainingData data, TrainingRecipe recipe, int threads = 1, Observer? observer = null)
    {
        var run = Trainings.Begin(path, data, recipe);
        new Trainer(data, observer ?? new Observer(), threads).Train(run, TestContext.Current.CancellationToken);
        return run;
    }
}

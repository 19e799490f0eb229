using Mingling.Experiments.Evaluation;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public class JointLossTrainingTests
{
    public static TheoryData<string, TrainingRecipe> Recipes()
    {
        var batches = new BatchSettings { ClipsPerClass = 4 };
        var data = new TheoryData<string, TrainingRecipe>();
        foreach (var (name, recipe) in new (string, TrainingRecipe)[]
        {
            ("softmax and batch-hard triplets", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + triplet(margin: 0.3, mining: batch-hard)") }),
            ("offline triplets", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + triplet(mining: offline)"), Batches = batches with { MiningInterval = 2 } }),
            ("confusable words", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + supcon"), Batches = batches with { ConfusableShare = 1, MiningInterval = 2 } }),
            ("random semi-hard triplets", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + triplet(mining: semi-hard(random: true))") }),
            ("random violating triplets", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + triplet(mining: random-violating)") }),
            ("distance-weighted triplets", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + triplet(mining: distance-weighted)") }),
            ("triplets alone", Trainings.Recipe with { Loss = LossExpression.Parse("triplet(mining: semi-hard)") }),
            ("additive angular margin", Trainings.Recipe with { Loss = LossExpression.Parse("arcface(scale: 16, margin: 10)") }),
            ("sub-centres", Trainings.Recipe with { Loss = LossExpression.Parse("arcface(scale: 16, margin: 10, centers: 2)") }),
            ("proxies", Trainings.Recipe with { Loss = LossExpression.Parse("proxy-anchor") }),
            ("episodes", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + angular-prototypical") }),
            ("a memory", Trainings.Recipe with { Loss = LossExpression.Parse("softmax + memory(loss: contrastive, size: 64)") }),
            ("queue of features", Trainings.Recipe with { Loss = LossExpression.Parse("oim") }),
            ("averaged weights", Trainings.Recipe with { AverageDecay = 0.9 }),
            ("averaged proxies", Trainings.Recipe with { Loss = LossExpression.Parse("proxy-anchor"), AverageDecay = 0.9 }),
            ("the mean of the last epochs", Trainings.Recipe with { AverageLast = 3 }),
            ("the mean of all epochs of triplets", Trainings.Recipe with { Loss = LossExpression.Parse("triplet(mining: semi-hard)"), AverageLast = 9 }),
            ("mixup", Trainings.Recipe with { Loss = LossExpression.Parse("softmax"), Mixup = 0.2 }),
            ("clipped gradients", Trainings.Recipe with { GradientClip = 0.5 }),
            ("schedules", Trainings.Recipe with
            {
                Loss = LossExpression.Parse("softmax + triplet + cosface"),
                Schedules = [LossSchedule.Parse("triplet.weight=0:1@0:0.5"), LossSchedule.Parse("cosface.margin=0:0.35@0.2:0.9")],
            }),
            ("balanced batches", Trainings.Recipe with { Batches = batches with { Kind = BatchKind.Balanced } }),
        }) data.Add(name, recipe);
        return data;
    }

    /// <summary>Learns, leaves no tensor behind, and after an interruption in the midst of an epoch ends with the same bytes.</summary>
    [Theory]
    [MemberData(nameof(Recipes))]
    public void Trainer_with_this_recipe_can_be_interrupted_and_leaks_nothing(string name, TrainingRecipe recipe)
    {
        name.ShouldNotBeEmpty();
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var counts = new List<long>();
        LiveTensors.CollectWhatOthersLeft();
        var whole = Trainings.Begin(folder["whole"], data, recipe);
        new Trainer(data, new Observer { OnEpoch = _ => counts.Add(LiveTensors.Count) }, 2).Train(whole, TestContext.Current.CancellationToken);
        LiveTensors.ShouldNotGrow(counts);

        var cut = Trainings.Begin(folder["cut"], data, recipe);
        using var stop = new CancellationTokenSource();
        var observer = new Observer { Stop = stop, StopAfterSteps = 11 };
        Should.Throw<OperationCanceledException>(() => new Trainer(data, observer).Train(cut, stop.Token));
        new Trainer(data, new Observer()).Train(cut, TestContext.Current.CancellationToken);

        Trainings.ShouldBeEqualFiles(cut.LastPath, whole.LastPath);
        Trainings.ShouldBeEqualFiles(cut.BestPath, whole.BestPath);
        cut.History().Select(Trainings.Timeless).ShouldBe(whole.History().Select(Trainings.Timeless));
    }

    [Theory]
    [InlineData("triplet(mining: batch-hard, margin: 0.3)")]
    [InlineData("softmax + triplet(mining: offline, margin: 0.3)")]
    [InlineData("arcface(scale: 8, margin: 10)")]
    [InlineData("arcface(scale: 8, margin: 5, centers: 2)")]
    [InlineData("proxy-anchor")]
    [InlineData("oim(queue: 16)")]
    public void Trainer_with_a_loss_other_than_softmax_recognizes_words_with_the_best_weights(string loss)
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var run = Trainings.Begin(folder["run"], data, Trainings.Recipe with { Loss = LossExpression.Parse(loss), Epochs = 30, AverageLast = 0 });
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);

        using var model = run.LoadModel();
        double accuracy = Evaluator.Evaluate(model, data.Validation).Accuracy;
        accuracy.ShouldBe(run.History().Max(epoch => epoch.ValidationAccuracy!.Value));
        accuracy.ShouldBeGreaterThan(0.9);
        using var last = run.LoadModel(last: true);
        Evaluator.Evaluate(last, data.Validation).Accuracy.ShouldBe(run.History()[^1].ValidationAccuracy!.Value);
    }

    [Fact]
    public void Trainer_with_averaged_weights_keeps_the_averaged_model()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var run = Trainings.Begin(folder["run"], data, Trainings.Recipe with { AverageDecay = 0.9, Epochs = 6 });
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        using var last = run.LoadModel(last: true);
        Evaluator.Evaluate(last, data.Validation).Accuracy.ShouldBe(run.History()[^1].ValidationAccuracy!.Value);

        using var file = Safetensors.Read(run.LastPath);
        file.Tensors["encoder.layers.conv.weight"].allclose(file.Tensors["training.encoder.layers.conv.weight"]).ShouldBeFalse();
    }
}

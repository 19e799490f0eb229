using Mingling.MetricLearning.Joint;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Passes;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Tests.Export;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests;

/// <summary>Batches of several micro-batches, on any number of threads.</summary>
[Collection(TorchRandom.Name)]
public sealed class ThreadedTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainingData _data = Tones.Data(takes: 8);

    private static TrainingRecipe Recipe { get; } = Trainings.Recipe with { BatchSize = 128, Epochs = 3, Batches = new BatchSettings { ClipsPerClass = 32 } };

    public static TheoryData<string, TrainingRecipe> Recipes()
    {
        var data = JointLossTrainingTests.Recipes();
        foreach (var (name, recipe) in new (string, TrainingRecipe)[]
        {
            ("dropout of channels", Trainings.Recipe with { Encoder = new EncoderSettings { Name = "bc-resnet-1" } }),
            ("dropout of values", Trainings.Recipe with { Encoder = new EncoderSettings { Name = "matchboxnet-3x1x64" } }),
            ("clips behind others", Trainings.Recipe with { Encoder = new EncoderSettings { Name = "tc-resnet8-stream", Width = 0.5 } }),
            ("an encoder from outside that draws from libtorch", Trainings.Recipe with { Encoder = new EncoderSettings { Name = "mixed" } }),
            ("a dynamic filter", Trainings.Recipe with
            {
                Encoder = Trainings.Recipe.Encoder with { DynamicFilter = true },
                Loss = LossExpression.Parse("softmax + filter + orthogonality"),
            }),
            ("a frozen encoder", Trainings.Recipe with { Optimizer = Trainings.Recipe.Optimizer with { EncoderRate = 0 } }),
        }) data.Add(name, recipe);
        return data;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Trainings_on_one_and_on_eight_threads_end_with_the_same_bytes(string name, TrainingRecipe recipe)
    {
        name.ShouldNotBeEmpty();
        recipe = recipe with { BatchSize = Recipe.BatchSize, Epochs = Recipe.Epochs, Batches = recipe.Batches with { ClipsPerClass = Recipe.Batches.ClipsPerClass } };
        MicroBatches.CountOf(recipe.BatchSize).ShouldBe(4);
        var one = Train("one", recipe, 1);
        var eight = Train("eight", recipe, 8);
        Trainings.ShouldBeEqualFiles(eight.LastPath, one.LastPath);
        Trainings.ShouldBeEqualFiles(eight.BestPath, one.BestPath);
        eight.History().Select(Trainings.Timeless).ShouldBe(one.History().Select(Trainings.Timeless));
    }

    [Fact]
    public void A_training_taught_by_runs_on_two_and_three_threads_ends_with_the_bytes_of_one()
    {
        var teacher = Train("teacher", Recipe, 2);
        var recipe = Recipe with { Seed = 2, Mixup = 0.3, Loss = LossExpression.Parse("softmax"), Distillation = new DistillationSettings { Teachers = [teacher.Path] } };
        var one = Train("one", recipe, 1);
        foreach (int threads in new[] { 2, 3 }) Trainings.ShouldBeEqualFiles(Train($"{threads}", recipe, threads).LastPath, one.LastPath);
    }

    private RunDirectory Train(string name, TrainingRecipe recipe, int threads)
    {
        var encoders = new EncoderCatalog();
        encoders.Add("mixed", settings => new MixedEncoder(settings));
        var run = Trainings.Begin(_folder[name], _data, recipe);
        new Trainer(_data, new Observer(), threads, encoders).Train(run, TestContext.Current.CancellationToken);
        return run;
    }
}

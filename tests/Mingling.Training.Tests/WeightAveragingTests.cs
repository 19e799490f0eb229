using Mingling.Experiments.Evaluation;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Models;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;
using Mingling.Training.Workers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public class WeightAveragingTests
{
    private const string Weight = "encoder.layers.conv.weight", Mean = "encoder.layers.norm.running_mean";

    [Theory]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    [InlineData(99, 6)]
    public void AverageLast_keeps_the_mean_of_the_weights_after_the_last_epochs(int last, int averaged)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var data = Tones.Data();
        var live = new List<Tensor>();
        var run = Trainings.Begin(folder["run"], data, Trainings.Recipe with { AverageLast = last, Epochs = 6 });
        new Trainer(data, new Observer { OnEpoch = _ => live.Add(Stored(run.LastPath, last == 1 ? Weight : $"training.{Weight}")) }).Train(run, TestContext.Current.CancellationToken);

        var expected = stack(live.TakeLast(averaged)).mean([0]);
        foreach (string path in new[] { run.LastPath, run.BestPath })
            (Stored(path, Weight) - expected).abs().max().item<float>().ShouldBeLessThan(1e-6f, path);
        if (last > 1) Stored(run.LastPath, Mean).eq(Stored(run.LastPath, $"training.{Mean}")).all().item<bool>().ShouldBeFalse();
        run.History().TakeLast(averaged).ShouldAllBe(epoch => epoch.Best);
        using var model = run.LoadModel();
        Evaluator.Evaluate(model, data.Validation).Accuracy.ShouldBe(run.History()[^1].ValidationAccuracy!.Value);
    }

    [Fact]
    public void AverageLast_leaves_the_training_itself_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var plain = Trainings.Begin(folder["plain"], data, Trainings.Recipe);
        new Trainer(data, new Observer()).Train(plain, TestContext.Current.CancellationToken);
        var averaged = Trainings.Begin(folder["averaged"], data, Trainings.Recipe with { AverageLast = 2 });
        new Trainer(data, new Observer()).Train(averaged, TestContext.Current.CancellationToken);
        foreach (string name in new[] { Weight, Mean })
            Stored(averaged.LastPath, $"training.{name}").eq(Stored(plain.LastPath, name)).all().item<bool>().ShouldBeTrue(name);
    }

    /// <summary>The statistics of the first norm are the mean and nearly the variance of its input over all clips, whatever they were before.</summary>
    [Fact]
    public void BatchNormStatistics_measured_anew_are_those_of_all_clips()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var encoder = new EncoderSettings { Name = "tc-resnet8", Width = 0.5, SubtractMean = false };
        using var model = new CommandModel(Trainings.Recipe with { Encoder = encoder }, ["a", "b"]);
        var window = model.Window;
        const int clips = 150, epoch = 7;
        var features = randn([clips, window.Bins, window.Frames]) * 2 + 5;
        var norms = model.Encoder.modules().OfType<BatchNorm>().ToArray();
        norms.Length.ShouldBe(10);
        foreach (var norm in norms) _ = norm.running_mean!.fill_(100);
        var before = NamedWeights();

        using var pool = new WorkPool(1);
        new BatchNormStatistics(model, window, () => Prepare, pool, clips, 64, seed: 1).Measure(epoch);

        var expected = WholeBlocks.Convolve(features, model.Encoder.state_dict()["layers.conv.weight"], null, [1], [1], [1]);
        (norms[0].running_mean! - expected.mean([0, 2])).abs().max().item<float>().ShouldBeLessThan(1e-4f);
        (norms[0].running_var! / expected.var([0, 2]) - 1).abs().max().item<float>().ShouldBeLessThan(0.05f);
        norms.ShouldAllBe(norm => norm.momentum == 0.1 && !norm.training);
        foreach (var (one, other) in before.Zip(NamedWeights())) one.eq(other).all().item<bool>().ShouldBeTrue();

        SaidWhen Prepare(int heard, int clip, Span<float> destination)
        {
            heard.ShouldBe(epoch);
            features[clip].data<float>().ToArray().CopyTo(destination);
            return SaidWhen.AtEnd;
        }

        Tensor[] NamedWeights() => [.. model.Encoder.parameters().Select(parameter => parameter.detach().clone())];
    }

    [Fact]
    public void AverageLast_beside_average_decay_is_refused() =>
        Should.Throw<ArgumentException>((Trainings.Recipe with { AverageLast = 2, AverageDecay = 0.9 }).Validate).Message
            .ShouldContain("average-last and average-decay are two ways of averaging weights; set average-decay to 0, or average-last to 1 or 0");

    [Fact]
    public void The_last_epoch_is_kept_unless_the_validation_clips_are_asked_to_choose()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        foreach (var recipe in new[] { Trainings.Recipe, Trainings.Recipe with { AverageDecay = 0.9 } })
        {
            var run = Trainings.Begin(folder[$"kept {recipe.AverageDecay}"], data, recipe);
            new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
            Stored(run.BestPath, Weight).eq(Stored(run.LastPath, Weight)).all().item<bool>().ShouldBeTrue();
            run.History()[^1].Best.ShouldBeTrue();
        }
        var chosen = Trainings.Begin(folder["chosen"], data, Trainings.Recipe with { AverageLast = 0, Epochs = 6 });
        new Trainer(data, new Observer()).Train(chosen, TestContext.Current.CancellationToken);
        var history = chosen.History();
        int best = history.ToList().FindLastIndex(epoch => epoch.Best);
        history.ShouldAllBe(epoch => epoch.ValidationAccuracy <= history[best].ValidationAccuracy);
    }

    private static Tensor Stored(string path, string name)
    {
        using var file = Safetensors.Read(path);
        return file.Tensors[name].clone();
    }
}

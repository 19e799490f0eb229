using System.Text.Json;
using Mingling.Audio;
using Mingling.Training.Data;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Named;
using Mingling.Training.Runs;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests.Recipes;

[Collection(TorchRandom.Name)]
public class NamedRecipesTests
{
    public static TheoryData<string> Names => [.. NamedRecipes.All.Select(recipe => recipe.Name)];

    /// <summary>What the papers say, apart from where they are explained in words.</summary>
    [Theory]
    [InlineData("bc-resnet", OptimizerKind.Sgd, 0.1, 1e-3, 0.025, 200, 100, 0, 1, "logmel40")]
    [InlineData("tc-resnet", OptimizerKind.Sgd, 0.1, 1e-3, 0, 135, 100, 0.5, 0, "mfcc40")]
    [InlineData("matchboxnet", OptimizerKind.AdamW, 0.01, 1e-3, 0.05, 200, 128, 0, 0, null)]
    [InlineData("ds-cnn", OptimizerKind.AdamW, 5e-4, 0, 0, 90, 100, 0, 0, null)]
    [InlineData("deep-resnet", OptimizerKind.Sgd, 0.1, 1e-5, 0, 26, 64, 0, 0, null)]
    [InlineData("tenet", OptimizerKind.AdamW, 0.01, 4e-5, 0, 135, 100, 0, 0, "mfcc40")]
    public void NamedRecipe_of_a_paper_has_its_settings(
        string name, OptimizerKind rule, double rate, double decay, double warmUp, int epochs, int batch, double dropout, int averageLast, string? features)
    {
        var file = NamedRecipes.Find(name)!.File();
        var recipe = file.Recipe;
        (recipe.Optimizer.Kind, recipe.Optimizer.LearningRate, recipe.Optimizer.WeightDecay, recipe.Optimizer.WarmUp).ShouldBe((rule, rate, decay, warmUp));
        (recipe.Epochs, recipe.BatchSize, recipe.Dropout, recipe.AverageLast).ShouldBe((epochs, batch, dropout, averageLast));
        (recipe.Loss.Text, recipe.LabelSmoothing, recipe.WindowSeconds, recipe.Encoder.SubtractMean).ShouldBe(("softmax", 0, 1, false));
        (recipe.Augmentation.GainDb, recipe.Augmentation.SpeedProbability, recipe.Augmentation.WarpProbability).ShouldBe((0, 0, 0));
        if (features is not null) recipe.Features.ShouldBe(FeatureSettings.FromName(features));
        // Nothing of it is left to the clips.
        foreach (string key in new[] { "trimmed", "window-seconds", "epochs" }) file.Given.ShouldContain(key);
    }

    [Theory]
    [InlineData("matchboxnet", 64, 101)]
    [InlineData("ds-cnn", 10, 49)]
    [InlineData("deep-resnet", 40, 101)]
    public void NamedRecipe_with_features_of_its_own_has_their_size(string name, int bins, int frames)
    {
        var window = new ClipWindow(NamedRecipes.Find(name)!.File().Recipe.Features, 1);
        window.Bins.ShouldBe(bins);
        window.Frames.ShouldBe(frames);
    }

    [Theory]
    [InlineData("bc-resnet-1", 0, 0)]
    [InlineData("bc-resnet-1.5", 2, 1)]
    [InlineData("bc-resnet-2", 2, 3)]
    [InlineData("bc-resnet-3", 2, 5)]
    [InlineData("bc-resnet-6", 2, 7)]
    [InlineData("bc-resnet-8", 2, 7)]
    public void NamedRecipe_of_bc_res_net_masks_the_wider_the_larger_the_net(string encoder, int masks, int width)
    {
        var recipe = NamedRecipes.Find("BC-ResNet")!.File(encoder).Recipe;
        recipe.Encoder.Name.ShouldBe(encoder);
        (recipe.Augmentation.Masks.FrequencyMasks, recipe.Augmentation.Masks.TimeMasks).ShouldBe((masks, masks));
        if (masks > 0) (recipe.Augmentation.Masks.FrequencyWidth, recipe.Augmentation.Masks.TimeWidth).ShouldBe((width, 20));
        recipe.Augmentation.NoiseProbability.ShouldBe(0.8);
    }

    [Fact]
    public void NamedRecipe_of_ours_leaves_to_the_clips_what_is_found_from_them()
    {
        var plain = NamedRecipes.Find("default")!.File();
        JsonSerializer.Serialize(plain.Recipe, RunManifest.Json).ShouldBe(JsonSerializer.Serialize(TrainingRecipe.Default, RunManifest.Json));
        foreach (var file in new[] { plain, NamedRecipes.Find("accurate")!.File() })
            foreach (string key in new[] { "trimmed", "window-seconds", "epochs", "encoder.subtract-mean" }) file.Given.ShouldNotContain(key);
        var accurate = NamedRecipes.Find("accurate")!.File().Recipe;
        (accurate.Loss.Text, accurate.Mixup, accurate.AverageDecay).ShouldBe(("softmax", 0.2, 0.995));
        NamedRecipes.Find("no such").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NamedRecipe_trains_a_step(string name)
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data(trainSpeakers: 1, validationSpeakers: 1, takes: 8);
        var recipe = NamedRecipes.Find(name)!.File().Recipe with { Epochs = 1 };
        if (recipe.Negatives.Ratio > 0)
        {
            Should.Throw<TrainingFailedException>(() => new Trainer(data, new Observer()).Train(Trainings.Begin(folder["without"], data, recipe), TestContext.Current.CancellationToken))
                .Message.ShouldContain("no class _unknown_");
            data = data.WithUnknown();
        }
        var run = Trainings.Begin(folder["run"], data, recipe);
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        run.History().Count.ShouldBe(recipe.Members);
        run.History().ShouldAllBe(epoch => double.IsFinite(epoch.Loss.Total));
    }
}

using System.Text.Json;
using CsCheck;
using Mingling.Audio;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Files;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;

namespace Mingling.Training.Tests.Recipes;

[Collection(TorchRandom.Name)]
public class RecipeFileTests
{
    [Fact]
    public void RecipeFile_written_and_read_is_the_same_recipe() => MadeRecipes.Any.Sample(
        recipe => Json(RecipeFile.Parse(RecipeFile.Write(recipe)).Recipe) == Json(recipe), iter: 200);

    [Theory]
    [InlineData("logmel40")]
    [InlineData("mfcc40")]
    [InlineData("fbank80")]
    public void RecipeFile_of_a_preset_gives_only_the_preset_of_the_front_end(string preset)
    {
        var file = RecipeFile.Parse(RecipeFile.Write(TrainingRecipe.Default with { Features = FeatureSettings.FromName(preset) }));
        file.Recipe.Features.ShouldBe(FeatureSettings.FromName(preset));
        file.Given.Where(key => key.StartsWith("features", StringComparison.Ordinal)).ShouldBe([FeatureKeys.Preset]);
    }

    [Fact]
    public void RecipeFile_with_values_that_fit_others_is_the_same_recipe()
    {
        var recipe = TrainingRecipe.Default with
        {
            Features = FeatureSettings.Mfcc40 with
            {
                SampleRate = 8000,
                FftSize = 300,
                WindowSamples = 299,
                LowHz = 1,
                HighHz = -1,
                WarpFactor = 1.25,
                WarpLowHz = 2,
                WarpHighHz = -1001,
                MelBins = 13,
                Cepstra = 12,
                UseEnergy = true,
                Compression = FeatureCompression.Decibels,
            },
            Encoder = TrainingRecipe.Default.Encoder with { SubtractMean = false },
        };
        Json(RecipeFile.Parse(RecipeFile.Write(recipe)).Recipe).ShouldBe(Json(recipe));
    }

    [Fact]
    public void RecipeFile_of_an_empty_text_is_the_default()
    {
        var file = RecipeFile.Parse("");
        Json(file.Recipe).ShouldBe(Json(TrainingRecipe.Default));
        file.Given.ShouldBeEmpty();
    }

    [Fact]
    public void RecipeFile_for_what_is_found_from_clips_leaves_it_open_unless_given()
    {
        string[] found = ["trimmed", "window-seconds", "epochs"];
        RecipeFile.Parse(RecipeFile.Write(TrainingRecipe.Default, [])).Given.Intersect(found).ShouldBeEmpty();
        RecipeFile.Parse(RecipeFile.Write(TrainingRecipe.Default, ["epochs"])).Given.Intersect(found).ShouldBe(["epochs"]);
        RecipeFile.Parse(RecipeFile.Write(TrainingRecipe.Default)).Given.Intersect(found).ShouldBe(found);
    }

    [Fact]
    public void RecipeFile_that_is_open_keeps_what_it_says_when_written_again()
    {
        var file = RecipeFile.Parse("[encoder]\nsubtract-mean = true\n[features]\nmel-bins = 40\n");
        RecipeFile.Parse(RecipeFile.Write(file.Recipe, file.Given)).Given.ShouldContain("encoder.subtract-mean");
        RecipeFile.Parse(RecipeFile.Write(file.Recipe, file.Given)).Given.ShouldContain("features.mel-bins");
    }

    [Theory]
    [InlineData("[encoder]\nsubtract-mean = true\n")]
    [InlineData("encoder.subtract-mean = true\n")]
    [InlineData("encoder = { subtract-mean = true }\n")]
    public void RecipeFile_for_trimmed_clips_puts_single_settings_on_top(string setting)
    {
        var recipe = RecipeFile.Parse("trimmed = true\n" + setting).Recipe;
        var expected = TrainingRecipe.Default.ForTrimmedClips();
        Json(recipe).ShouldBe(Json(expected with { Encoder = expected.Encoder with { SubtractMean = true } }));
    }

    [Fact]
    public void RecipeFile_explains_every_key()
    {
        string[] lines = RecipeFile.Write(TrainingRecipe.Default, []).Split('\n');
        foreach (var key in RecipeKeys.All)
        {
            lines.ShouldContain(line => line.TrimStart('#', ' ') == $"{key.Name} = {key.Write(TrainingRecipe.Default)}", key.Path);
            key.Explanation.ShouldEndWith(".");
        }
        lines.Where(line => line.StartsWith("# Value: ", StringComparison.Ordinal)).Count().ShouldBe(RecipeKeys.All.Count);
        lines.ShouldAllBe(line => line.Length <= 130);
    }

    private static string Json(TrainingRecipe recipe) => JsonSerializer.Serialize(recipe, RunManifest.Json);
}

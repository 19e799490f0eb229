using Mingling.Corpora;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Recipes.Named;

namespace Mingling.Training.Tests.Recipes;

public sealed class RecipeFittingTests
{
    private static readonly TrainingRecipe Running = TrainingRecipe.For("tc-resnet8-stream") with { Negatives = new NegativeSettings { Ratio = 1 } };

    /// <summary>Words of 0.2 to 0.58 s: 95 % of them last 0.56 s at most, and the middle 98 % of their energy a little less.</summary>
    [Fact]
    public void An_encoder_for_streams_counts_as_much_of_its_window_as_words_last()
    {
        LoadedClip[] clips = [.. Enumerable.Range(0, 20).Select(i => Word(0.2 + 0.02 * i))];
        Pooled(Running, clips).ShouldBe(55);
        Pooled(Running, [Word(0.1)]).ShouldBe(40);
        Pooled(Running, clips, EncoderKeys.PooledFrames).ShouldBeNull();
        // One that hears clips alone, or takes whole windows, counts all.
        Pooled(Running with { Negatives = new() }, clips).ShouldBeNull();
        Pooled(Running with { Encoder = new EncoderSettings { Name = "tc-resnet8" } }, clips).ShouldBeNull();
    }

    /// <summary>What a recipe leaves to the clips is left to them also where it is asked for by its name, which goes through a file.</summary>
    [Theory]
    [MemberData(nameof(FittedRecipes))]
    public void A_named_recipe_is_fitted_to_its_clips_as_the_same_recipe_of_the_library(string name)
    {
        LoadedClip[] clips = [.. Enumerable.Range(0, 20).Select(i => Word(0.2 + 0.02 * i))];
        var named = NamedRecipes.Find(name)!;
        var (file, own) = (named.File(), named.For(named.Encoder));
        var fitted = RecipeFitting.Fit(file.Recipe, clips, file.Given);
        RecipeKeys.Differences(fitted, RecipeFitting.Fit(own, clips, RecipeFitting.Changed(own))).ShouldBeEmpty();
        if (name == "room") fitted.Encoder.PooledFrames.ShouldBe(55);
    }

    public static TheoryData<string> FittedRecipes => [.. NamedRecipes.All.Where(recipe => recipe.FitsClips).Select(recipe => recipe.Name)];

    private static int? Pooled(TrainingRecipe recipe, LoadedClip[] clips, params string[] given) => RecipeFitting.Fit(recipe, clips, given).Encoder.PooledFrames;

    private static LoadedClip Word(double seconds)
    {
        float[] samples = new float[16_000];
        for (int i = 0; i < (int)(seconds * 16_000); i++) samples[3000 + i] = i % 2 == 0 ? 0.5f : -0.5f;
        return new LoadedClip(new CorpusClip("a.wav", "a.wav", "a"), samples);
    }
}

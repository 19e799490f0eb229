using Mingling.Corpora;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;

namespace Mingling.Training;

/// <summary>Derives from a corpus what a recipe leaves open.</summary>
public static class RecipeFitting
{
    /// <summary>The keys in which a recipe differs from <see cref="TrainingRecipe.For"/> its encoder, as a recipe file names them.</summary>
    /// <param name="recipe">The recipe.</param>
    public static IReadOnlyCollection<string> Changed(TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return RecipeKeys.Differences(recipe, TrainingRecipe.For(recipe.Encoder.Name));
    }

    /// <summary>
    /// The recipe with the window, what of it an encoder for streams counts in running sound, the treatment of trimmed clips, and the number of
    /// epochs derived from the training clips, each unless it is given.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="clips">The training clips, at the rate of the recipe's front end.</param>
    /// <param name="given">The keys that stay as the recipe has them, as a recipe file names them.</param>
    public static TrainingRecipe Fit(TrainingRecipe recipe, IReadOnlyList<LoadedClip> clips, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(given);
        recipe = TrainedOrigin.Adapt(recipe, given);
        int rate = recipe.Features.SampleRate;
        if (!given.Contains(GeneralKeys.Window) && recipe.From is null) recipe = recipe with { WindowSeconds = SpeechWindow.Choose(clips, rate) };
        if (!given.Contains(GeneralKeys.Trimmed) && recipe.From is null && SpeechWindow.AreTrimmed(clips, rate, recipe.WindowSeconds))
            recipe = RecipeKeys.Keep(recipe.ForTrimmedClips(), recipe, given);
        if (!given.Contains(EncoderKeys.PooledFrames) && recipe.Negatives.Ratio > 0 && EncoderCatalog.HearsStreams(recipe.Encoder.Name))
        {
            int frames = (int)Math.Ceiling(SpeechWindow.ChoosePooled(clips, rate) * rate / recipe.Features.HopSamples);
            recipe = recipe with { Encoder = recipe.Encoder with { PooledFrames = frames } };
        }
        if (!given.Contains(GeneralKeys.Epochs)) recipe = recipe with { Epochs = recipe.EpochsFor(clips.Count) };
        return recipe;
    }
}

using System.Globalization;
using Mingling.Corpora;
using Mingling.Recognition.Models;
using Mingling.Training.Data;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Recipes.Named;

namespace Mingling.Training;

/// <summary>
/// Whether a training of whose recipe nobody said anything begins from the base encoder: where it has few recordings of each word, and they are
/// no longer than what the base encoder hears at once.
/// </summary>
internal static class FewRecordings
{
    /// <summary>The most training clips of a word, in the median, that are few (benchmarks/RESULTS.md, "Few recordings").</summary>
    public const int Most = 20;

    /// <summary>The recipe <c>few</c> where it is the one to take; otherwise null.</summary>
    /// <param name="recipe">The recipe that was asked for.</param>
    /// <param name="given">The keys of it that somebody gave, as a recipe file names them.</param>
    /// <param name="clips">The training clips, at the rate of the recipe's front end.</param>
    /// <param name="noted">Receives a sentence that says what was chosen, why, and how to choose otherwise.</param>
    public static TrainingRecipe? Choose(TrainingRecipe recipe, IReadOnlyCollection<string> given, IReadOnlyList<LoadedClip> clips, Action<string> noted)
    {
        // The seed decides nothing of how a model is trained, and is kept.
        bool isOpen = recipe.Encoder.Name == TrainingRecipe.Default.Encoder.Name && given.Concat(RecipeFitting.Changed(recipe)).All(key => key == GeneralKeys.Seed);
        if (!isOpen || Median(clips) is not { } median || median > Most) return null;
        var named = NamedRecipes.Find(NamedRecipes.Few)!;
        var few = named.For(named.Encoder);
        if (few.Features != recipe.Features || SpeechWindow.ChoosePooled(clips, recipe.Features.SampleRate) > few.WindowSeconds) return null;
        noted(string.Create(CultureInfo.InvariantCulture, $"{median} training clips of a word (median) are few, so the training begins from the base encoder (recipe {named.Name}); ")
            + "to begin from nothing, say --from none.");
        return few with { Seed = recipe.Seed };
    }

    /// <summary>Of how many clips half of the words have no more; what is no word (<c>_unknown_</c>) does not count. Null without words.</summary>
    private static int? Median(IReadOnlyList<LoadedClip> clips)
    {
        int[] counts = [.. clips.GroupBy(clip => clip.Clip.Label).Where(word => Vocabulary.IsCommand(word.Key)).Select(word => word.Count()).Order()];
        return counts.Length == 0 ? null : counts[(counts.Length - 1) / 2];
    }
}

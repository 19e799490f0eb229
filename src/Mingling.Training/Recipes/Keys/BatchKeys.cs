using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="BatchSettings"/>.</summary>
internal static class BatchKeys
{
    public static IRecipeTable Table { get; } = new RecipeTable<BatchSettings>(
            "batches", "How batches are put together.", recipe => recipe.Batches, (recipe, batches) => recipe with { Batches = batches })
        .Add("kind", ChoiceValue.Of<BatchKind>(), b => b.Kind, (b, v) => b with { Kind = v },
            "The rule: auto as the loss needs it, shuffled all clips in random order, classes so many clips of each word, balanced every word equally often.")
        .Add("clips-per-class", new WholeValue(2, 65_536), b => b.ClipsPerClass, (b, v) => b with { ClipsPerClass = v },
            "Clips of each word in a batch, where the loss compares clips; at most the batch size.")
        .Add("confusable-share", new NumberValue(NumberRange.Share), b => b.ConfusableShare, (b, v) => b with { ConfusableShare = v },
            "Share of a batch's words that the present model confuses most with its first one.")
        .Add("mining-interval", new WholeValue(1), b => b.MiningInterval, (b, v) => b with { MiningInterval = v },
            "Epochs between two looks at the whole training set, for offline mining and confusable words.");
}

using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="BatchSettings"/>.</summary>
internal static class BatchKeys
{
    public static IRecipeTable Table { get; } = new RecipeTable<BatchSettings>(
            "batches", "Composition of batches.", recipe => recipe.Batches, (recipe, batches) => recipe with { Batches = batches })
        .Add("kind", ChoiceValue.FromEnum<BatchKind>(), b => b.Kind, (b, v) => b with { Kind = v },
            "Sampling rule: auto as the loss needs, shuffled for random order, classes for clips-per-class clips of each of several words, balanced for all words equally often.")
        .Add("clips-per-class", new WholeValue(2, 65_536), b => b.ClipsPerClass, (b, v) => b with { ClipsPerClass = v },
            "Clips per word in a batch, for losses that compare clips; at most the batch size.")
        .Add("confusable-share", new NumberValue(NumberRange.Share), b => b.ConfusableShare, (b, v) => b with { ConfusableShare = v },
            "Share of a batch's words that are chosen because the current model confuses them most with the first word.")
        .Add("mining-interval", new WholeValue(1), b => b.MiningInterval, (b, v) => b with { MiningInterval = v },
            "Epochs between two embeddings of the whole training set, for offline mining and confusable words.");
}

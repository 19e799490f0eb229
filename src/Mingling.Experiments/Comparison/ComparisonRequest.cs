using Mingling.Corpora;
using Mingling.Training.Recipes;

namespace Mingling.Experiments.Comparison;

/// <summary>What is to be compared, before the corpus was looked at.</summary>
internal sealed record ComparisonRequest
{
    public required string Version { get; init; }

    public required CorpusSource Source { get; init; }

    public required TrainingRecipe Recipe { get; init; }

    public required IReadOnlyList<LossVariant> Variants { get; init; }

    /// <summary>Seeds, at least 1, counted up from the recipe's.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Folds, over speakers where they are known; with 1, the corpus is split as for a single training.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>The words to hold out; null for a draw, or for those that the corpus options leave out; empty for none.</summary>
    public IReadOnlyList<string>? HeldOut { get; init; }

    /// <summary>Completes the recipe by the training clips of the first fold.</summary>
    public Func<TrainingRecipe, IReadOnlyList<LoadedClip>, TrainingRecipe> Fit { get; init; } = (recipe, _) => recipe;

    /// <summary>Threads that decode, at least 1.</summary>
    public int Threads { get; init; } = 1;
}

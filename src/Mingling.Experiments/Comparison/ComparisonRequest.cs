using Mingling.Corpora;
using Mingling.Training;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;

namespace Mingling.Experiments.Comparison;

/// <summary>What is to be compared, before the corpus was looked at.</summary>
public sealed record ComparisonRequest
{
    /// <summary>The version that the plan names as the one that made it. Default: that of this library.</summary>
    public string Version { get; init; } = LibraryVersion.Current;

    /// <summary>The recordings, how they are read, and how they are split.</summary>
    public required CorpusSource Source { get; init; }

    /// <summary>The recipe of all runs but for the loss; its seed is the first one.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>The losses; the others are compared with the first. <see cref="LossGrid.Expand"/> makes them.</summary>
    public required IReadOnlyList<LossVariant> Variants { get; init; }

    /// <summary>Seeds, at least 1, counted up from the recipe's.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Folds, over speakers where they are known; with 1, the corpus is split as for a single training.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>The words to hold out; null for a draw, or for those that the corpus options leave out; empty for none.</summary>
    public IReadOnlyList<string>? HeldOut { get; init; }

    /// <summary>
    /// The keys of the recipe that stay as they are; window, epochs and the treatment of trimmed clips are derived from the training clips of
    /// the first fold unless they are among them. Null (default): as in <see cref="TrainingRequest.Given"/>.
    /// </summary>
    public IReadOnlyCollection<string>? Given { get; init; }

    /// <summary>The encoders that can be named; null (default) for those of the library.</summary>
    public EncoderCatalog? Encoders { get; init; }

    /// <summary>Threads that decode. Range: at least 1. Default: 1.</summary>
    public int Threads { get; init; } = 1;
}

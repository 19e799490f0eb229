using Mingling.Training.Recipes.Files;

namespace Mingling.Training.Recipes.Named;

/// <summary>A recipe with a name: one of our own, or that of a paper.</summary>
/// <param name="Name">The name for <c>--recipe</c>.</param>
/// <param name="Encoder">The encoder that it is for; other sizes of it can be named besides.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record NamedRecipe(string Name, string Encoder, string Source)
{
    /// <summary>The recipe for an encoder.</summary>
    public required Func<string, TrainingRecipe> For { get; init; }

    /// <summary>
    /// Whether window, epochs and the treatment of trimmed clips are found from the clips; the recipe of a paper says them itself.
    /// </summary>
    public bool FitsClips { get; init; }

    /// <summary>The recipe as a file that leaves open what is found from the clips.</summary>
    /// <param name="encoder">The encoder. Default: <see cref="Encoder"/>.</param>
    public RecipeFile File(string? encoder = null) => RecipeFile.Parse(RecipeFile.Write(For(encoder ?? Encoder), FitsClips ? [] : null), Name);
}

using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>A key of a recipe file. The one place that knows what a setting is called, what it means and what it may be.</summary>
/// <param name="Table">The table in which it stands; empty for keys before all tables.</param>
/// <param name="Name">The key.</param>
/// <param name="Value">What may stand behind it.</param>
/// <param name="Explanation">What it means, with the unit, for the comment and for the help of the command line.</param>
/// <param name="Get">Takes the value from a recipe.</param>
/// <param name="Set">The recipe with another value.</param>
internal sealed record RecipeKey(
    string Table, string Name, RecipeValue Value, string Explanation, Func<TrainingRecipe, object?> Get, Func<TrainingRecipe, object?, TrainingRecipe> Set)
{
    /// <summary>The key with its table, as in <c>encoder.width</c>.</summary>
    public string Path { get; } = RecipeKeys.Join(Table, Name);

    /// <summary>How a training comes by the value when nobody gave it, as in "found from …"; null where there is a fixed default.</summary>
    public string? FoundFromClips { get; init; }

    /// <summary>The value of a recipe as TOML.</summary>
    public string Write(TrainingRecipe recipe) => Value.Write(Get(recipe));

    /// <summary>What is wrong with the value of a recipe, in a clause that begins with the key; null when it is right.</summary>
    public string? Problem(TrainingRecipe recipe) => Value.Problem(Get(recipe)) is { } problem ? $"{Path} {problem}" : null;
}

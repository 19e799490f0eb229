using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>A table of a recipe file, which holds the settings of one record of the recipe.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class RecipeTable<T>(
    string name, string explanation, Func<TrainingRecipe, T> get, Func<TrainingRecipe, T, TrainingRecipe> set) : IRecipeTable
{
    private readonly List<RecipeKey> _keys = [];

    public string Name => name;

    public string Explanation => explanation;

    public IReadOnlyList<RecipeKey> Keys => _keys;

    /// <summary>Adds a key.</summary>
    public RecipeTable<T> Add<V>(
        string key, RecipeValue value, Func<T, V> getValue, Func<T, V, T> with, string meaning, string? foundFromClips = null)
    {
        TrainingRecipe Set(TrainingRecipe recipe, object? given) => set(recipe, with(get(recipe), (V)given!));
        _keys.Add(new RecipeKey(name, key, value, meaning, recipe => getValue(get(recipe)), Set) { FoundFromClips = foundFromClips });
        return this;
    }
}

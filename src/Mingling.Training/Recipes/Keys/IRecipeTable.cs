namespace Mingling.Training.Recipes.Keys;

/// <summary>A table of a recipe file.</summary>
internal interface IRecipeTable
{
    /// <summary>Its name; empty for the keys before all tables.</summary>
    string Name { get; }

    /// <summary>What it is about, in one sentence.</summary>
    string Explanation { get; }

    /// <summary>Its keys, in the order of the file.</summary>
    IReadOnlyList<RecipeKey> Keys { get; }
}

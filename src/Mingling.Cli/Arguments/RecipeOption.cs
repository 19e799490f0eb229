using System.CommandLine;
using Mingling.Training.Recipes.Keys;

namespace Mingling.Cli.Arguments;

/// <summary>An option that sets one key of a recipe.</summary>
internal interface IRecipeOption
{
    /// <summary>The key, which knows the meaning, the values and the default.</summary>
    RecipeKey Key { get; }
}

/// <summary>An option that sets one key of a recipe, described by the key.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class RecipeOption<T> : Option<T>, IRecipeOption
{
    /// <param name="name">The name with its dashes.</param>
    /// <param name="key">The key that it sets.</param>
    public RecipeOption(string name, RecipeKey key) : base(name)
    {
        Key = key;
        Description = key.Explanation + (key.FoundFromClips is { } source ? $" Default: {source}." : "");
    }

    /// <inheritdoc/>
    public RecipeKey Key { get; }
}

namespace Mingling.Training.Recipes.Keys;

/// <summary>What somebody said of a recipe, key by key. All else has its default.</summary>
internal sealed class RecipeDraft
{
    private readonly Dictionary<RecipeKey, object?> _values = [];

    /// <summary>The paths of the keys of which something was said.</summary>
    public IEnumerable<string> Given => _values.Keys.Select(key => key.Path);

    public void Set(RecipeKey key, object? value) => _values[key] = value;

    /// <summary>Says something else than was said before, also of the keys that this one governs.</summary>
    public void Override(RecipeKey key, object? value)
    {
        foreach (var governed in RecipeKeys.Governed(key)) _values.Remove(governed);
        Set(key, value);
    }

    /// <summary>The recipe: the defaults of the encoder, then what keys say that govern others, then the single settings.</summary>
    public TrainingRecipe Build()
    {
        string? encoder = _values.FirstOrDefault(said => said.Key.Path == EncoderKeys.Name).Value as string;
        return _values.OrderByDescending(said => RecipeKeys.Governed(said.Key).Count > 0)
            .Aggregate(encoder is null ? TrainingRecipe.Default : TrainingRecipe.For(encoder), (recipe, said) => said.Key.Set(recipe, said.Value));
    }
}

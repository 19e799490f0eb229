namespace Mingling.Training.Recipes.Keys;

/// <summary>Checks recipes against the ranges of their keys.</summary>
public static class RecipeCheck
{
    /// <summary>Checks all values of a recipe, and that they go together.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="ArgumentException">Values are out of range or do not go together; the message lists all of them.</exception>
    public static void Validate(this TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var problems = RecipeProblem.Find(recipe);
        if (problems.Count > 0) throw new ArgumentException($"the recipe cannot be used: {string.Join("; ", problems.Select(problem => problem.Clause))}.");
    }
}

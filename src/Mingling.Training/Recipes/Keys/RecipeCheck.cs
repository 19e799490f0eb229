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
        Throw(RecipeProblem.Find(recipe));
    }

    /// <summary>
    /// Checks all that a model is built of: everything but the names and values in the loss, for a trained model works without its loss, which
    /// may be one of a program that is not here.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="ArgumentException">Values are out of range or do not go together; the message lists all of them.</exception>
    internal static void ValidateModel(this TrainingRecipe recipe) =>
        Throw([.. RecipeProblem.Find(recipe).Where(problem => !problem.Keys.Contains(GeneralKeys.Loss))]);

    private static void Throw(IReadOnlyList<RecipeProblem> problems)
    {
        if (problems.Count > 0) throw new ArgumentException($"the recipe cannot be used: {string.Join("; ", problems.Select(problem => problem.Clause))}.");
    }
}

namespace Mingling.Training.Recipes.Files;

/// <summary>A recipe file cannot be used; the message lists everything that is wrong, each on a line of its own.</summary>
public sealed class RecipeFileException : MinglingException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">How the file is called.</param>
    /// <param name="mistakes">What is wrong, at least one thing.</param>
    public RecipeFileException(string name, IEnumerable<RecipeMistake> mistakes) : this(name, [.. mistakes.OrderBy(mistake => mistake.Line)]) { }

    private RecipeFileException(string name, RecipeMistake[] mistakes)
        : base($"{name} is no recipe that can be used:\n{string.Join('\n', mistakes.Select(mistake => $"  {mistake}"))}") => Mistakes = mistakes;

    /// <summary>What is wrong, by line.</summary>
    public IReadOnlyList<RecipeMistake> Mistakes { get; }
}

namespace Mingling.Training.Recipes.Files;

/// <summary>A recipe file cannot be used; the message lists what is wrong, each on a line of its own, at most 50 of many.</summary>
public sealed class RecipeFileException : MinglingException
{
    private const int MostListed = 50;

    /// <summary>Creates the exception.</summary>
    /// <param name="name">How the file is called.</param>
    /// <param name="mistakes">What is wrong, at least one thing.</param>
    public RecipeFileException(string name, IEnumerable<RecipeMistake> mistakes) : this(name, [.. mistakes.OrderBy(mistake => mistake.Line)]) { }

    private RecipeFileException(string name, RecipeMistake[] mistakes)
        : base($"{name} is no recipe that can be used:\n{string.Join('\n', Listed(mistakes))}") => Mistakes = mistakes;

    /// <summary>What is wrong, by line.</summary>
    public IReadOnlyList<RecipeMistake> Mistakes { get; }

    private static IEnumerable<string> Listed(RecipeMistake[] mistakes)
    {
        var listed = mistakes.Take(MostListed).Select(mistake => $"  {mistake}");
        return mistakes.Length <= MostListed ? listed : listed.Append($"  and {mistakes.Length - MostListed} mistakes more");
    }
}

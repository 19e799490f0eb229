namespace Mingling.Training.Recipes;

/// <summary>Something that is wrong in a recipe file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong and what would be right, on one line.</param>
public sealed record RecipeMistake(int Line, string Message)
{
    /// <summary>The mistake with its line.</summary>
    public override string ToString() => $"line {Line}: {Message}";
}

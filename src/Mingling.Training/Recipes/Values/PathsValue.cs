using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>A list of paths. What is read is absolute, so that it means the same wherever a training goes on.</summary>
internal sealed record PathsValue : RecipeValue
{
    public override string Right => "a list of paths such as [\"runs/large\"]";

    public override bool TryRead(object toml, out object? value)
    {
        var texts = toml is IReadOnlyList<object> items && items.All(item => item is string) ? items.Cast<string>() : null;
        return (value = texts?.Select(Full).ToArray()) is not null;
    }

    public override string Write(object? value) => $"[{string.Join(", ", ((IReadOnlyList<string>)value!).Select(TomlText.Quote))}]";

    /// <exception cref="FormatException">The text is empty or no path.</exception>
    internal static string Full(string path) =>
        string.IsNullOrWhiteSpace(path) || path.Contains('\0') ? throw new FormatException("a path is empty or holds characters that no path has.") : Path.GetFullPath(path);
}

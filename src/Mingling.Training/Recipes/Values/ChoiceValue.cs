using System.Text.RegularExpressions;
using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>One of some names, which stand for values; capitals do not matter.</summary>
internal sealed partial record ChoiceValue : RecipeValue
{
    private readonly (string Name, object Value)[] _choices;

    private ChoiceValue((string Name, object Value)[] choices) => _choices = choices;

    public override string Right => $"one of {string.Join(", ", _choices.Select(choice => choice.Name))}";

    /// <summary>The names of an enumeration in small letters, words joined by hyphens.</summary>
    public static ChoiceValue FromEnum<T>() where T : struct, Enum =>
        new([.. Enum.GetValues<T>().Select(value => (Kebab(value.ToString()), (object)value))]);

    /// <summary>The name of a member of .NET in small letters, words joined by hyphens.</summary>
    public static string Kebab(string name) => Words().Replace(name, "-").ToLowerInvariant();

    /// <summary>Names that stand for themselves.</summary>
    public static ChoiceValue FromNames(IEnumerable<string> names) => new([.. names.Select(name => (name, (object)name))]);

    public override bool TryRead(object toml, out object? value) =>
        (value = _choices.FirstOrDefault(choice => choice.Name.Equals(toml as string, StringComparison.OrdinalIgnoreCase)).Value) is not null;

    public override string Write(object? value) => TomlText.Quote(_choices.FirstOrDefault(choice => choice.Value.Equals(value)).Name ?? $"{value}");

    public override string? Problem(object? value) => _choices.Any(choice => choice.Value.Equals(value)) ? null : Wrong($"{value}");

    // HannSymmetric is of two words, AdamW of one.
    [GeneratedRegex("(?<=[a-z])(?=[A-Z][a-z])")]
    private static partial Regex Words();
}

using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>A value, or a word for its absence.</summary>
/// <param name="Inner">What is right when there is a value.</param>
/// <param name="Absent">The word for null.</param>
internal sealed record OptionalValue(RecipeValue Inner, string Absent) : RecipeValue
{
    public override string Right => $"{Inner.Right}, or {TomlText.Quote(Absent)}";

    public override bool TryRead(object toml, out object? value)
    {
        value = null;
        return (toml is string word && word.Equals(Absent, StringComparison.OrdinalIgnoreCase)) || Inner.TryRead(toml, out value);
    }

    public override string Write(object? value) => value is null ? TomlText.Quote(Absent) : Inner.Write(value);

    public override string? Problem(object? value) => value is null || Inner.Problem(value) is null ? null : Wrong(Inner.Write(value));
}

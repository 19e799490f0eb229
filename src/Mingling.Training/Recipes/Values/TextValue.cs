using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>A text that is not empty.</summary>
internal sealed record TextValue : RecipeValue
{
    public override string Right => "a text that is not empty";

    public override bool TryRead(object toml, out object? value) => (value = toml as string) is not null;

    public override string Write(object? value) => TomlText.Quote((string)value!);

    public override string? Problem(object? value) =>
        string.IsNullOrWhiteSpace((string?)value) ? Wrong(TomlText.Quote((string?)value ?? "")) : null;
}

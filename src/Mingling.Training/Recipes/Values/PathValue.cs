using Mingling.Training.Recipes.Toml;

namespace Mingling.Training.Recipes.Values;

/// <summary>A path. What is read is absolute, so that it means the same wherever a training goes on.</summary>
internal sealed record PathValue : RecipeValue
{
    public override string Right => "a path";

    public override bool TryRead(object toml, out object? value) => (value = toml is string path ? PathsValue.Full(path) : null) is not null;

    public override string Write(object? value) => TomlText.Quote((string)value!);
}

namespace Mingling.Training.Recipes.Values;

/// <summary>Yes or no.</summary>
internal sealed record FlagValue : RecipeValue
{
    public override string Right => "true or false";

    public override bool TryRead(object toml, out object? value) => (value = toml as bool?) is not null;

    public override string Write(object? value) => (bool)value! ? "true" : "false";
}

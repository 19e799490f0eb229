namespace Mingling.Training.Recipes.Toml;

/// <summary>A date or time, which no key takes.</summary>
internal sealed record TomlDate
{
    public override string ToString() => "a date or time";
}

namespace Mingling.Training.Recipes;

/// <summary>A date or time, which no key takes.</summary>
internal sealed record TomlDate
{
    public override string ToString() => "a date or time";
}

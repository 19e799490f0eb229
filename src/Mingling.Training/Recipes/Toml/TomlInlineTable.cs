namespace Mingling.Training.Recipes.Toml;

/// <summary>A table written as a value.</summary>
/// <param name="Entries">Its entries.</param>
internal sealed record TomlInlineTable(IReadOnlyList<TomlEntry> Entries)
{
    public override string ToString() => "a table";
}

namespace Mingling.Training.Recipes.Toml;

/// <summary>A table of a TOML text.</summary>
/// <param name="Line">The line of its header, from 1.</param>
/// <param name="Name">The name.</param>
/// <param name="IsArray">Whether it is one of a list of tables.</param>
/// <param name="Entries">The entries below it.</param>
internal sealed record TomlTable(int Line, string Name, bool IsArray, IReadOnlyList<TomlEntry> Entries);

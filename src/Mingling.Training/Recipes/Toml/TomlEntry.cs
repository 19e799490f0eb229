namespace Mingling.Training.Recipes.Toml;

/// <summary>A key of a TOML text with its value.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Key">The key, parts of a dotted one joined by dots.</param>
/// <param name="Value">A long, double, bool, string, list of those, <see cref="TomlInlineTable"/> or <see cref="TomlDate"/>.</param>
internal sealed record TomlEntry(int Line, string Key, object Value);

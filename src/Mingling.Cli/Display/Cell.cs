using Spectre.Console;

namespace Mingling.Cli.Display;

/// <summary>Cells of tables.</summary>
internal static class Cell
{
    /// <summary>A text of others as a cell: nothing in it is markup, and what would command a terminal is shown.</summary>
    public static string Of(string text) => Markup.Escape(ShownText.OnOneLine(text));
}

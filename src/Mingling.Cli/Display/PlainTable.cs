namespace Mingling.Cli.Display;

/// <summary>
/// A table whose cells are never broken: names in it are typed, and numbers copied. Where a terminal is too narrow for a row, its cells stand
/// one below another.
/// </summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    /// <summary>The lines of the table.</summary>
    /// <param name="rows">The headings, then the rows; the first column is aligned to the left, the others to the right.</param>
    /// <param name="width">The columns of the terminal.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, int width)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        bool fits = widths.Sum() + (Gap.Length * (widths.Length - 1)) <= width;
        return fits ? rows.Select(row => Line(row, widths)) : rows.Skip(1).SelectMany(row => Below(rows[0], row));
    }

    private static string Line(string[] row, int[] widths) =>
        string.Join(Gap, row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();

    private static IEnumerable<string> Below(string[] headings, string[] row) =>
        row.Select((cell, column) => column == 0 ? cell : $"{Gap}{headings[column]} {cell}");
}

using Mingling.Experiments.Comparison;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>A comparison in the terminal.</summary>
internal static class ComparisonView
{
    public static void Print(ComparisonReport report, IReadOnlyList<string> files)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string column in ComparisonTable.Columns) table.AddColumn(Markup.Escape(column));
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var row in ComparisonTable.Rows(report)) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        foreach (string note in ComparisonTable.Notes(report)) AnsiConsole.MarkupLineInterpolated($"{note}");
        if (files.Count > 0) AnsiConsole.MarkupLineInterpolated($"Written to {string.Join(", ", files)}");
    }
}

using Mingling.Cli.Display;
using Mingling.Experiments.Comparison;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>A comparison in the terminal.</summary>
internal static class ComparisonView
{
    public static void Print(ComparisonReport report, IReadOnlyList<string> files)
    {
        string[][] rows = [[.. ComparisonTable.Columns], .. ComparisonTable.Rows(report).Select(row => row.Select(ShownText.OnOneLine).ToArray())];
        foreach (string line in PlainTable.Lines(rows, AnsiConsole.Profile.Width)) Console.WriteLine(line);
        foreach (string note in ComparisonTable.Notes(report)) AnsiConsole.MarkupLineInterpolated($"{note}");
        if (files.Count > 0) AnsiConsole.MarkupLineInterpolated($"Written to {string.Join(", ", files)}");
    }
}

using Mingling.Experiments.Figures;
using Mingling.Experiments.Reports.Content;
using Mingling.Experiments.Reports.Page;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Reports;

/// <summary>A report on disk.</summary>
/// <param name="Page">The page: one HTML file that needs nothing else.</param>
/// <param name="Figures">The figures' files, PNG and SVG.</param>
public sealed record ReportFiles(string Page, IReadOnlyList<string> Figures)
{
    /// <summary>Writes the page and its figures, each file whole or not at all.</summary>
    /// <param name="report">The report.</param>
    /// <param name="page">The path of the page; folders that do not exist are made.</param>
    /// <param name="figures">
    /// The folder of the figures, in which each run and comparison has one of its own where there are several, beside the figures of all
    /// runs together; null for none.
    /// </param>
    /// <exception cref="CheckpointException">A file cannot be written; what was there before is still there.</exception>
    /// <exception cref="IOException">A folder cannot be made.</exception>
    public static ReportFiles Write(Report report, string page, string? figures)
    {
        ArgumentNullException.ThrowIfNull(report);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
        OutputFile.Write(page, ReportPage.Write(report));
        return new ReportFiles(page, figures is null ? [] : [.. FiguresOf(report).SelectMany(part => Write(part.Figures, Path.Combine(figures, part.Folder)))]);
    }

    private static IEnumerable<string> Write(IEnumerable<Figure> figures, string folder) => figures.SelectMany(figure => FigureFile.Write(figure, folder));

    private static IEnumerable<(string Folder, IEnumerable<Figure> Figures)> FiguresOf(Report report)
    {
        bool alone = report.Runs.Count + report.Comparisons.Count == 1;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (new[] { RunMaps.Draw(report.Runs), RunStreams.Draw(report.Runs) }.OfType<Figure>().ToArray() is { Length: > 0 } together) yield return ("", together);
        foreach (var run in report.Runs) yield return (Folder(run.Name), RunFigures.Draw(run).All);
        foreach (var comparison in report.Comparisons) yield return (Folder(comparison.Name), ComparisonFigures.Draw(comparison));

        // Folders of different places can have one name.
        string Folder(string name) => alone ? "" : Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? name : $"{name}-{i}").First(taken.Add);
    }
}

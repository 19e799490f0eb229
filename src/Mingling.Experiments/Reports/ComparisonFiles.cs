using System.Text;
using Mingling.Experiments.Comparison;
using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports;

/// <summary>A comparison's table and pictures on disk.</summary>
public static class ComparisonFiles
{
    /// <summary>
    /// Writes <c>comparison.json</c> and <c>comparison.md</c>, and for grids <c>sweep.png</c> and <c>sweep.svg</c>, each whole or not at all.
    /// </summary>
    /// <param name="comparison">The comparison; the files lie in its folder.</param>
    /// <returns>The files.</returns>
    /// <exception cref="OutputException">A file cannot be written; what was there before is still there.</exception>
    public static IReadOnlyList<string> Write(FinishedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var (folder, plan, report) = comparison;
        var files = new List<string>();
        Add("comparison.json", stream => stream.Write(Encoding.UTF8.GetBytes(report.ToJson() + "\n")));
        Add("comparison.md", stream => stream.Write(Encoding.UTF8.GetBytes(ComparisonTable.Markdown(report))));
        if (SweepFigure.Draw(report, plan) is not { } sweep) return files;
        return [.. files, .. FigureFile.Write(sweep, folder)];

        void Add(string name, Action<Stream> write)
        {
            string path = Path.Combine(folder, name);
            OutputFile.Write(path, write);
            files.Add(path);
        }
    }
}

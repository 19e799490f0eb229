using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Figures;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Reports;

/// <summary>An evaluation on disk.</summary>
/// <param name="Json">The report as JSON.</param>
/// <param name="Picture">Its picture as PNG.</param>
public sealed record EvaluationFiles(string Json, string Picture)
{
    /// <summary>Writes <c>evaluation.json</c> and <c>evaluation.png</c>, each whole or not at all.</summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="folder">The folder, made where it does not exist.</param>
    /// <exception cref="CheckpointException">A file cannot be written; what was there before is still there.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static EvaluationFiles Write(EvaluationReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new EvaluationFiles(Path.Combine(folder, "evaluation.json"), Path.Combine(folder, "evaluation.png"));
        OutputFile.Write(files.Json, report.ToJson() + "\n");
        OutputFile.Write(files.Picture, stream => stream.Write(EvaluationFigure.Draw(report).Png(Theme.Light)));
        return files;
    }

    /// <summary>Writes <c>few-shot.json</c>, whole or not at all.</summary>
    /// <returns>The path of the file.</returns>
    /// <inheritdoc cref="Write(EvaluationReport, string)"/>
    public static string Write(FewShotReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "few-shot.json");
        OutputFile.Write(path, report.ToJson() + "\n");
        return path;
    }
}

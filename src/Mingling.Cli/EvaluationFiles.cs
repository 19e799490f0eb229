using Mingling.Training.Evaluation;

namespace Mingling.Cli;

/// <summary>Where an evaluation was written.</summary>
internal sealed record EvaluationFiles(string Json, string Picture)
{
    public static EvaluationFiles Write(EvaluationReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new EvaluationFiles(Path.Combine(folder, "evaluation.json"), Path.Combine(folder, "evaluation.png"));
        File.WriteAllText(files.Json, report.ToJson() + "\n");
        EvaluationPicture.Save(report, files.Picture);
        return files;
    }
}

using Mingling.Experiments.Comparison;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Reports;

/// <summary>A run or a comparison to report on.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="IsRun">Whether it is a run.</param>
public sealed record ReportSubject(string Path, bool IsRun)
{
    /// <summary>The name of its folder.</summary>
    public string Name => System.IO.Path.GetFileName(FullPath(Path));

    /// <summary>Finds out what the folders hold, before any of them is measured.</summary>
    /// <exception cref="CheckpointException">One holds neither a run nor a comparison, or a run without a finished epoch.</exception>
    public static IReadOnlyList<ReportSubject> Find(IReadOnlyList<string> paths)
    {
        ReportSubject[] subjects = [.. paths.DistinctBy(FullPath).Select(Identify)];
        foreach (var subject in subjects.Where(subject => subject.IsRun))
            if (!RunDirectory.Open(subject.Path).HasEpochs)
                throw new CheckpointException($"{subject.Path} has no finished epoch yet; train it first, or continue it with --resume.");
        return subjects;
    }

    private static string FullPath(string path) => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    private static ReportSubject Identify(string path)
    {
        if (RunDirectory.Exists(path)) return new ReportSubject(path, true);
        if (File.Exists(new ComparisonFolder(path).StorePath)) return new ReportSubject(path, false);
        throw new CheckpointException($"{path} holds neither a run (run.json) nor a comparison (comparison.sqlite); name the folder given to train or compare --out.");
    }
}

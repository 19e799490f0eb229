using Mingling.Cli.Display;
using Mingling.Experiments.Comparison;
using Mingling.Experiments.Reports;
using Mingling.Training.Storage;

namespace Mingling.Cli.Comparison;

/// <summary>One comparison from the command line.</summary>
internal static class ComparisonSession
{
    /// <summary>Trains what is missing and makes the table.</summary>
    /// <returns>The exit code: a failure where a run failed.</returns>
    public static async Task<int> Run(ComparisonRequest request, string path, int parallel, bool forProgram, CancellationToken cancellation)
    {
        var folder = new ComparisonFolder(path);
        using var held = folder.Lock();
        var planned = await Task.Run(() => ComparisonPlanner.Make(request, cancellation), cancellation);
        foreach (string note in planned.Notes) CommandLine.Complain($"note: {note}");
        CorpusNotes.Print(planned.Problems);
        folder.Begin(planned);
        using var store = ComparisonStore.Open(folder.StorePath);
        store.WritePlan(planned.Plan);
        try
        {
            var runner = new ComparisonRunner(folder, store, forProgram ? Console.Error : Console.Out);
            var outcomes = await runner.Run(planned.Plan, parallel, cancellation);
            return Finish(planned.Plan, outcomes, folder.Path, forProgram);
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain($"stopped; finished runs are kept in {path}, and the same command goes on from there.");
            throw;
        }
    }

    /// <summary>Makes the table again, from what is kept.</summary>
    public static int Show(string path, bool forProgram)
    {
        var folder = new ComparisonFolder(path);
        using var store = ComparisonStore.Read(folder.StorePath);
        return Finish(store.ReadPlan(), store.Outcomes(), folder.Path, forProgram);
    }

    private static int Finish(ComparisonPlan plan, IReadOnlyDictionary<string, JobOutcome> outcomes, string path, bool forProgram)
    {
        var report = ComparisonSummary.Of(plan, outcomes);
        var files = Written(report, plan, path);
        if (forProgram) Console.WriteLine(report.ToJson());
        else ComparisonView.Print(report, files);
        return report.FailedRuns > 0 ? CommandLine.Failure : CommandLine.Success;
    }

    /// <summary>A table that cannot be kept can still be read.</summary>
    private static IReadOnlyList<string> Written(ComparisonReport report, ComparisonPlan plan, string path)
    {
        try
        {
            return ComparisonFiles.Write(report, plan, path);
        }
        catch (CheckpointException e)
        {
            CommandLine.Complain($"note: {e.Message}");
            return [];
        }
    }
}

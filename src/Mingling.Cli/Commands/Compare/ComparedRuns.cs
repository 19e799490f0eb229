using Mingling.Cli.Host;
using Mingling.Experiments.Comparison;
using Mingling.Experiments.Reports;

namespace Mingling.Cli.Commands;

/// <summary>Makes a comparison of the library with a process for each run, and shows it.</summary>
internal static class ComparedRuns
{
    /// <returns>The exit code: a failure where a run failed.</returns>
    public static async Task<int> Make(ComparisonRequest request, string path, ComparisonShard? shard, int parallel, bool forProgram, CancellationToken cancellation)
    {
        try
        {
            var display = new ComparisonDisplay(forProgram ? Console.Error : Console.Out);
            var jobs = new JobProcess(Math.Max(1, Environment.ProcessorCount / parallel));
            return Show(shard is null
                ? await ComparisonSession.Run(request, path, jobs, parallel, display, cancellation)
                : await ComparisonSession.RunShard(request, path, shard, jobs, parallel, display, cancellation), forProgram);
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain($"stopped; finished runs are kept in {path}, and the same command goes on from there.");
            throw;
        }
    }

    /// <summary>Shows a comparison, and writes its table and pictures.</summary>
    /// <returns>The exit code: a failure where a run failed.</returns>
    public static int Show(FinishedComparison comparison, bool forProgram)
    {
        var files = Written(comparison);
        if (forProgram) Console.WriteLine(comparison.Report.ToJson());
        else ComparisonView.Print(comparison.Report, files);
        return comparison.Report.FailedRuns > 0 ? CommandLine.Failure : CommandLine.Success;
    }

    /// <summary>A table that cannot be kept can still be read.</summary>
    private static IReadOnlyList<string> Written(FinishedComparison comparison)
    {
        try
        {
            return ComparisonFiles.Write(comparison);
        }
        catch (OutputException e)
        {
            CommandLine.Complain($"note: {e.Message}");
            return [];
        }
    }
}

using Mingling.Corpora;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Comparison;

/// <summary>Compares losses on the same folds and seeds, as <c>mingling compare</c> does.</summary>
public static class ComparisonSession
{
    /// <summary>Trains and measures what is missing, and sums up. libtorch must be loaded where runs are made in this process.</summary>
    /// <param name="request">What is compared.</param>
    /// <param name="path">The folder of the comparison; goes on with one begun there.</param>
    /// <param name="jobs">How runs are made; null for this process, one after another.</param>
    /// <param name="parallel">Runs at once. Range: at least 1.</param>
    /// <param name="observer">Receives the progress; null for nobody.</param>
    /// <param name="cancellation">Stops; finished runs stay, and the same call goes on from there.</param>
    /// <exception cref="CorpusException">The corpus cannot be used, or has fewer speakers than folds.</exception>
    /// <exception cref="CheckpointException">The folder holds another comparison, is in use, or cannot be read.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    public static async Task<FinishedComparison> Run(
        ComparisonRequest request, string path, IComparisonJobs? jobs = null, int parallel = 1, IComparisonObserver? observer = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        observer ??= new SilentComparisonObserver();
        using var own = jobs is null ? new ComparisonJobsInProcess(request.Encoders, request.Losses) : null;
        var folder = new ComparisonFolder(path);
        using var held = folder.Lock();
        var planned = await Task.Run(() => ComparisonPlanner.Make(request, cancellation), cancellation);
        foreach (string note in planned.Notes) observer.Noted(note);
        observer.Skipped(planned.Problems);
        folder.Begin(planned);
        using var store = ComparisonStore.Open(folder.StorePath);
        store.WritePlan(planned.Plan);
        var outcomes = await new ComparisonRunner(folder, store, jobs ?? own!, observer).Run(planned.Plan, parallel, cancellation);
        return new FinishedComparison(folder.Path, planned.Plan, ComparisonSummary.Summarize(planned.Plan, outcomes));
    }

    /// <summary>Sums up what a folder holds, without training.</summary>
    /// <param name="path">The folder of a comparison.</param>
    /// <exception cref="CheckpointException">There is no comparison, or it cannot be read.</exception>
    public static FinishedComparison Read(string path)
    {
        var folder = new ComparisonFolder(path);
        using var store = ComparisonStore.Read(folder.StorePath);
        var plan = store.ReadPlan();
        return new FinishedComparison(folder.Path, plan, ComparisonSummary.Summarize(plan, store.Outcomes()));
    }
}

/// <summary>A comparison with its results.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Plan">What was trained.</param>
/// <param name="Report">What came of it.</param>
public sealed record FinishedComparison(string Path, ComparisonPlan Plan, ComparisonReport Report);

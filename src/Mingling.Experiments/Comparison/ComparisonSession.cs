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
        var planned = await Begin(request, folder, observer, cancellation);
        using var store = ComparisonStore.Open(folder.StorePath);
        store.WritePlan(planned.Plan);
        var outcomes = await new ComparisonRunner(folder, store, jobs ?? own!, observer).Run(planned.Plan, parallel, cancellation);
        return new FinishedComparison(folder.Path, planned.Plan, ComparisonSummary.Summarize(planned.Plan, outcomes));
    }

    /// <summary>
    /// Makes the runs of a comparison together with other workers, in other processes or on other machines, which are given the same request
    /// and a folder that all of them see. Returns when all runs have ended, whoever made them.
    /// </summary>
    /// <param name="request">What is compared; the corpus has the same path for all workers.</param>
    /// <param name="path">The folder of the comparison, shared by the workers.</param>
    /// <param name="shard">Which of the workers this is.</param>
    /// <param name="jobs">How runs are made; null for this process, one after another.</param>
    /// <param name="parallel">Runs at once. Range: at least 1.</param>
    /// <param name="observer">Receives the progress; null for nobody.</param>
    /// <param name="cancellation">Stops this worker; the others take over what it leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="CorpusException">The corpus cannot be used, or has fewer speakers than folds.</exception>
    /// <exception cref="CheckpointException">The folder holds another comparison, is in use by one that does not share it, or cannot be read.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The worker was stopped.</exception>
    public static async Task<FinishedComparison> RunShard(
        ComparisonRequest request, string path, ComparisonShard shard, IComparisonJobs? jobs = null, int parallel = 1, IComparisonObserver? observer = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        shard.Check();
        observer ??= new SilentComparisonObserver();
        using var own = jobs is null ? new ComparisonJobsInProcess(request.Encoders, request.Losses) : null;
        var folder = new ComparisonFolder(path);
        var claims = new RunClaims(folder.ClaimsPath, shard.Worker, shard.Patience);
        PlannedComparison planned;
        IReadOnlyDictionary<string, JobOutcome> outcomes;
        using (folder.Share())
        {
            claims.Begin();
            planned = await Begin(request, folder, observer, cancellation);
            outcomes = await new ShardRunner(folder, claims, shard, jobs ?? own!, observer).Run(planned.Plan, parallel, cancellation);
        }
        Gather(folder, planned.Plan, outcomes, observer);
        return new FinishedComparison(folder.Path, planned.Plan, ComparisonSummary.Summarize(planned.Plan, outcomes));
    }

    /// <summary>Sums up what a folder holds, without training; workers may be at work in it.</summary>
    /// <param name="path">The folder of a comparison.</param>
    /// <exception cref="CheckpointException">There is no comparison, or it cannot be read.</exception>
    public static FinishedComparison Read(string path)
    {
        var folder = new ComparisonFolder(path);
        bool hasStore = File.Exists(folder.StorePath);
        using var store = hasStore || !folder.HasPlan ? ComparisonStore.Read(folder.StorePath) : null;
        var plan = folder.HasPlan ? folder.ReadPlan() : store!.ReadPlan();
        var outcomes = store?.Outcomes() ?? [];
        var claims = new RunClaims(folder.ClaimsPath, "", TimeSpan.MaxValue);
        foreach (var job in plan.Jobs())
        {
            if (outcomes.GetValueOrDefault(job.Id)?.Result is not null) continue;
            if (folder.ReadResult(job.Id) is { } result) outcomes[job.Id] = new JobOutcome(result, null);
            else if (claims.Look(job.Id) is { Kind: ClaimKind.Failed } failed) outcomes[job.Id] = new JobOutcome(null, failed.Error);
        }
        return new FinishedComparison(folder.Path, plan, ComparisonSummary.Summarize(plan, outcomes));
    }

    private static async Task<PlannedComparison> Begin(ComparisonRequest request, ComparisonFolder folder, IComparisonObserver observer, CancellationToken cancellation)
    {
        var planned = await Task.Run(() => ComparisonPlanner.Make(request, cancellation), cancellation);
        foreach (string note in planned.Notes) observer.Noted(note);
        observer.Skipped(planned.Problems);
        folder.Begin(planned);
        return planned;
    }

    /// <summary>The last worker to leave puts all results into the database: one process alone writes it.</summary>
    private static void Gather(ComparisonFolder folder, ComparisonPlan plan, IReadOnlyDictionary<string, JobOutcome> outcomes, IComparisonObserver observer)
    {
        using var alone = folder.TryLock();
        if (alone is null) return;
        try
        {
            using var store = ComparisonStore.Open(folder.StorePath);
            store.WritePlan(plan);
            foreach (var job in plan.Jobs()) store.Write(job, outcomes[job.Id]);
        }
        catch (MinglingException e)
        {
            observer.Noted($"{e.Message} The runs keep their own results, from which the table is made.");
        }
    }
}

/// <summary>A comparison with its results.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Plan">What was trained.</param>
/// <param name="Report">What came of it.</param>
public sealed record FinishedComparison(string Path, ComparisonPlan Plan, ComparisonReport Report);

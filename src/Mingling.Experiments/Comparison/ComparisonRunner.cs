using System.Diagnostics;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Comparison;

/// <summary>Makes the runs of a comparison that are missing, several at once, and keeps how each ended.</summary>
internal sealed class ComparisonRunner(ComparisonFolder folder, ComparisonStore store, IComparisonJobs jobs, IComparisonObserver observer)
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _done, _ended, _all;

    /// <summary>Runs what is not finished.</summary>
    /// <returns>How every run of the plan ended.</returns>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    public async Task<IReadOnlyDictionary<string, JobOutcome>> Run(ComparisonPlan plan, int parallel, CancellationToken cancellation)
    {
        var planned = plan.Jobs();
        var outcomes = store.Outcomes();
        foreach (var job in planned)
            // A run can have finished when the store could not be written, or its parent was killed.
            if (outcomes.GetValueOrDefault(job.Id)?.Result is null && Kept(job) is { } result)
                Keep(job, outcomes, new JobOutcome(result, null));
        var missing = planned.Where(job => outcomes.GetValueOrDefault(job.Id)?.Result is null).ToList();
        (_all, _done) = (planned.Count, planned.Count - missing.Count);
        if (_done > 0) observer.Continued(_done, _all);

        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
        await Parallel.ForEachAsync(missing, options, async (job, stop) =>
        {
            var outcome = await Make(job, stop);
            lock (_gate)
            {
                Keep(job, outcomes, outcome);
                Show(job, outcome);
            }
        });
        return outcomes;
    }

    /// <summary>A result that cannot be read is as good as none.</summary>
    private JobResult? Kept(ComparisonJob job)
    {
        try
        {
            return folder.ReadResult(job.Id);
        }
        catch (CheckpointException e)
        {
            observer.Noted($"{e.Message} It is measured again.");
            return null;
        }
    }

    /// <summary>The trouble of one run is its own outcome and does not end the others.</summary>
    private async Task<JobOutcome> Make(ComparisonJob job, CancellationToken stop)
    {
        if (await jobs.Run(folder.Path, job, stop) is { } error) return new JobOutcome(null, error);
        try
        {
            return folder.ReadResult(job.Id) is { } result ? new JobOutcome(result, null) : new JobOutcome(null, "the run ended without a result.");
        }
        catch (CheckpointException e)
        {
            return new JobOutcome(null, e.Message);
        }
    }

    private void Keep(ComparisonJob job, Dictionary<string, JobOutcome> outcomes, JobOutcome outcome)
    {
        outcomes[job.Id] = outcome;
        try
        {
            store.Write(job, outcome);
        }
        catch (MinglingException e)
        {
            observer.Noted($"{e.Message} The run keeps its own result, which is read when you compare again.");
        }
    }

    private void Show(ComparisonJob job, JobOutcome outcome)
    {
        _ended++;
        _done++;
        observer.JobEnded(job, outcome, _done, _all, _clock.Elapsed / _ended * (_all - _done));
    }
}

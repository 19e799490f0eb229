using System.Diagnostics;
using Mingling.Cli.Display;
using Mingling.Experiments.Comparison;
using Mingling.Training.Storage;

namespace Mingling.Cli.Comparison;

/// <summary>Makes the runs of a comparison that are missing, several at once, and keeps how each ended.</summary>
internal sealed class ComparisonRunner(ComparisonFolder folder, ComparisonStore store, TextWriter progress)
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _done, _ended, _all;

    /// <summary>Runs what is not finished.</summary>
    /// <returns>How every run of the plan ended.</returns>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    public async Task<IReadOnlyDictionary<string, JobOutcome>> Run(ComparisonPlan plan, int parallel, CancellationToken cancellation)
    {
        var jobs = plan.Jobs();
        var outcomes = store.Outcomes();
        foreach (var job in jobs)
            // A run can have finished when the store could not be written, or its parent was killed.
            if (outcomes.GetValueOrDefault(job.Id)?.Result is null && Kept(job) is { } result)
                Keep(job, outcomes, new JobOutcome(result, null));
        var missing = jobs.Where(job => outcomes.GetValueOrDefault(job.Id)?.Result is null).ToList();
        (_all, _done) = (jobs.Count, jobs.Count - missing.Count);
        if (_done > 0) progress.WriteLine($"{_done} of {_all} runs are finished already.");

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
            CommandLine.Complain($"note: {e.Message} It is measured again.");
            return null;
        }
    }

    /// <summary>The trouble of one run is its own outcome and does not end the others.</summary>
    private async Task<JobOutcome> Make(ComparisonJob job, CancellationToken stop)
    {
        if (await JobProcess.Run(folder, job, stop) is { } error) return new JobOutcome(null, error);
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
        catch (CheckpointException e)
        {
            CommandLine.Complain($"note: {e.Message} The run keeps its own result, which is read when you compare again.");
        }
    }

    private void Show(ComparisonJob job, JobOutcome outcome)
    {
        _ended++;
        _done++;
        string said = outcome.Result is { } result ? $"{100 * result.Accuracy:0.0} %" : $"failed: {outcome.Error}";
        string left = _done < _all ? $"  ({Duration.Text(_clock.Elapsed.TotalSeconds / _ended * (_all - _done))} left)" : "";
        progress.WriteLine($"[{_done}/{_all}] {job}: {said}{left}");
    }
}

using System.Diagnostics;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Comparison;

/// <summary>Makes runs of a comparison beside other workers, until every run has ended.</summary>
internal sealed class ShardRunner(ComparisonFolder folder, RunClaims claims, ComparisonShard shard, IComparisonJobs jobs, IComparisonObserver observer)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, JobOutcome> _outcomes = [];
    private readonly HashSet<string> _own = [], _damaged = [];
    private Dictionary<string, int> _failedBefore = [];
    private int _made, _all;

    /// <summary>Makes what nobody else makes.</summary>
    /// <returns>How every run of the plan ended.</returns>
    /// <exception cref="OperationCanceledException">The worker was stopped; others can go on with its runs at once.</exception>
    public async Task<IReadOnlyDictionary<string, JobOutcome>> Run(ComparisonPlan plan, int parallel, CancellationToken cancellation)
    {
        var ordered = shard.Order(plan.Jobs());
        _all = ordered.Count;
        // What failed before this worker began is tried once more, as in a comparison that is repeated.
        _failedBefore = ordered.Select(job => (job.Id, State: claims.Look(job.Id))).Where(run => run.State.Kind == ClaimKind.Failed)
            .ToDictionary(run => run.Id, run => run.State.Generation);
        foreach (var job in ordered) HasEnded(job);
        if (_outcomes.Count > 0) observer.Continued(_outcomes.Count, _all);
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(() => Work(ordered, cancellation), CancellationToken.None)));
        return _outcomes;
    }

    private async Task Work(IReadOnlyList<ComparisonJob> ordered, CancellationToken cancellation)
    {
        var pause = claims.Beat < LongestPause ? claims.Beat : LongestPause;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Next(ordered) is { } next)
            {
                await Make(next.Job, next.Claim, cancellation);
                continue;
            }
            lock (_gate)
            {
                if (_outcomes.Count == _all) return;
            }
            // Others are at work: should one of them die, its run is taken over.
            await Task.Delay(pause, cancellation);
        }
    }

    private (ComparisonJob Job, RunClaim Claim)? Next(IReadOnlyList<ComparisonJob> ordered)
    {
        lock (_gate)
        {
            foreach (var job in ordered)
            {
                if (_own.Contains(job.Id) || HasEnded(job)) continue;
                var state = claims.Look(job.Id);
                if (state.Kind == ClaimKind.Held || claims.Take(job.Id, state) is not { } claim) continue;
                if (state.Kind == ClaimKind.Abandoned) observer.Noted($"{job} is taken over from a worker that gave no sign of life.");
                _own.Add(job.Id);
                return (job, claim);
            }
            return null;
        }
    }

    /// <summary>Whether a run has a result or has failed, kept for the table. A result that cannot be read is as good as none.</summary>
    private bool HasEnded(ComparisonJob job)
    {
        if (_outcomes.ContainsKey(job.Id)) return true;
        try
        {
            if (folder.ReadResult(job.Id) is { } result)
            {
                _outcomes[job.Id] = new JobOutcome(result, null);
                return true;
            }
        }
        catch (CheckpointException e)
        {
            if (_damaged.Add(job.Id)) observer.Noted($"{e.Message} It is measured again.");
        }
        var state = claims.Look(job.Id);
        if (state.Kind != ClaimKind.Failed || _failedBefore.GetValueOrDefault(job.Id) == state.Generation) return false;
        _outcomes[job.Id] = new JobOutcome(null, state.Error);
        return true;
    }

    private async Task Make(ComparisonJob job, RunClaim claim, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, claim.Lost);
        string? ended = ClaimNote.Released, error = null;
        try
        {
            error = await jobs.Run(folder.Path, job, stop.Token);
            var result = error is null ? folder.ReadResult(job.Id) : null;
            if (error is null && result is null) error = "the run ended without a result.";
            ended = error is null ? null : ClaimNote.Failed;
            lock (_gate)
            {
                _made++;
                var outcome = _outcomes[job.Id] = new JobOutcome(result, error);
                int left = _all - _outcomes.Count;
                observer.JobEnded(job, outcome, _outcomes.Count, _all, _clock.Elapsed / _made * left / shard.Count);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            observer.Noted($"{job} was taken over by another worker, because this one gave no sign of life for {shard.Patience.TotalSeconds:0} s.");
        }
        catch (CheckpointException e)
        {
            (ended, error) = (ClaimNote.Failed, e.Message);
            lock (_gate) _outcomes[job.Id] = new JobOutcome(null, error);
        }
        finally
        {
            await claim.End(ended, error);
            claim.Dispose();
            lock (_gate) _own.Remove(job.Id);
        }
    }
}

namespace Mingling.Experiments.Comparison;

/// <summary>The runs of one variant and how they ended.</summary>
internal sealed class VariantRuns(LossVariant variant, IReadOnlyList<ComparisonJob> jobs, IReadOnlyDictionary<string, JobOutcome> outcomes)
{
    public LossVariant Variant => variant;

    public IReadOnlyList<JobResult> Results(JobKind kind) => [.. Finished(kind).Select(run => run.Result)];

    public IReadOnlyList<RunScore> Scores(JobKind kind) => [.. jobs.Where(job => job.Kind == kind).Select(job =>
    {
        var outcome = outcomes.GetValueOrDefault(job.Id);
        var result = outcome?.Result;
        return new RunScore(job.Id, job.Fold, job.Seed, result?.Accuracy, result?.SecondsPerEpoch,
            $"runs/{job.Id}", outcome?.Error, result?.Warnings ?? []);
    })];

    /// <summary>The main runs that another variant has with the same fold, seed and clips.</summary>
    public IReadOnlyList<SharedRun> SharedWith(VariantRuns others) =>
    [
        .. from own in Finished(JobKind.Main)
           join other in others.Finished(JobKind.Main) on (own.Job.Fold, own.Job.Seed) equals (other.Job.Fold, other.Job.Seed)
           where own.Result.Said.SequenceEqual(other.Result.Said)
           select new SharedRun(own.Job.Fold, own.Job.Seed, own.Result, other.Result),
    ];

    private IEnumerable<(ComparisonJob Job, JobResult Result)> Finished(JobKind kind) =>
        from job in jobs
        where job.Kind == kind && outcomes.GetValueOrDefault(job.Id)?.Result is not null
        select (job, outcomes[job.Id].Result!);
}

/// <summary>The runs of two variants with the same fold, seed and clips.</summary>
internal sealed record SharedRun(int Fold, int Seed, JobResult Own, JobResult Other);

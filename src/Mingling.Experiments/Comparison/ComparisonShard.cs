namespace Mingling.Experiments.Comparison;

/// <summary>
/// One of several workers that make a comparison together in a folder that all of them see. Every worker begins with runs of its own and then
/// takes what the others have not begun, so that it does not matter which of them run, and when.
/// </summary>
public sealed record ComparisonShard
{
    /// <summary>The number of this worker, from 1. It decides with which run it begins.</summary>
    public int Number { get; init; } = 1;

    /// <summary>The number of workers. Range: at least <see cref="Number"/>.</summary>
    public int Count { get; init; } = 1;

    /// <summary>
    /// After how long without a sign of life the run of another worker is taken over. Range: at least 1 second. Default: 2 minutes, several
    /// times as long as a network file system may show an old state.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The name that the worker writes into its claims. Default: machine, process and a random number.</summary>
    public string Worker { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>The jobs of a plan in the order in which this worker looks for work: its own, then those of the next worker, and so on.</summary>
    internal IReadOnlyList<ComparisonJob> Order(IReadOnlyList<ComparisonJob> jobs) =>
        [.. Enumerable.Range(Number - 1, Count).SelectMany(worker => jobs.Where((_, i) => i % Count == worker % Count))];

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Number, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, Number);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, TimeSpan.FromSeconds(1));
    }
}

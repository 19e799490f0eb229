namespace Mingling.MetricLearning.Evaluation;

/// <summary>Settings of <see cref="KMeans"/>.</summary>
public sealed record KMeansOptions
{
    /// <summary>The seed of the random starts; the same seed and data give the same clusters for any number of threads.</summary>
    public required int Seed { get; init; }

    /// <summary>The number of independent starts, at least 1; the one with the least inertia is kept. Default: 3.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>The number of times that rows are assigned and centres moved, at least 1, in case they do not settle before. Default: 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>The number of threads to use, at least 1. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}

namespace Mingling.MetricLearning.Projection;

/// <summary>Settings of <see cref="TSne"/>.</summary>
public sealed record TSneOptions
{
    /// <summary>The seed of the small noise at the start; the same seed and data give the same bits for any number of threads.</summary>
    public required int Seed { get; init; }

    /// <summary>
    /// How many neighbours a point has in effect: the exponential of the entropy of its affinities. At least 1; a set of N embeddings
    /// takes at most (N − 1) / 3. Default: 30.
    /// </summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>
    /// θ of Barnes and Hut: a cell of points is taken as one where its width is below θ times its distance. From 0 to 0.7; 0 is exact,
    /// with affinities between all pairs, in time and memory that grow as N². Sets of up to 256 embeddings are always exact. Default: 0.5.
    /// </summary>
    public double Theta { get; init; } = 0.5;

    /// <summary>The number of steps, at least 1. Default: 750.</summary>
    public int Iterations { get; init; } = 750;

    /// <summary>The number of steps, from 0, at the start in which affinities are multiplied by <see cref="Exaggeration"/>. Default: 250.</summary>
    public int EarlyIterations { get; init; } = 250;

    /// <summary>What affinities are multiplied by at the start, at least 1. Default: 12.</summary>
    public double Exaggeration { get; init; } = 12;

    /// <summary>
    /// The learning rate, above 0, for a gradient without its factor 4, as is usual. Default null: N / 12, at least 200
    /// (Belkina et al. 2019; Kobak and Berens 2019).
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>The number of threads to use, at least 1. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Check()
    {
        Require(Perplexity >= 1 && double.IsFinite(Perplexity), nameof(Perplexity), Perplexity, "at least 1");
        Require(Theta is >= 0 and <= 0.7, nameof(Theta), Theta, "from 0 to 0.7");
        Require(Exaggeration >= 1 && double.IsFinite(Exaggeration), nameof(Exaggeration), Exaggeration, "at least 1");
        Require(LearningRate is null or (> 0 and < double.PositiveInfinity), nameof(LearningRate), LearningRate, "above 0");
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(EarlyIterations);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }

    private static void Require(bool fits, string name, double? value, string range)
    {
        if (!fits) throw new ArgumentOutOfRangeException(name, value, $"{name} of t-SNE must be {range}.");
    }
}

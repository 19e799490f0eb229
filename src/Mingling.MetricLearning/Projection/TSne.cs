using System.Numerics;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Projection;

/// <summary>Embeddings laid out in the plane.</summary>
/// <param name="Places">x and y of each embedding, in order: [N × 2]; their mean is 0.</param>
/// <param name="Divergence">The Kullback-Leibler divergence that is left between the affinities of the embeddings and of the places.</param>
/// <param name="Perplexity">The perplexity that was used; below the one asked for where there are few embeddings.</param>
public sealed record TSneLayout(ReadOnlyMemory<double> Places, double Divergence, double Perplexity);

/// <summary>How far <see cref="TSne"/> is.</summary>
/// <param name="Iteration">The steps done.</param>
/// <param name="Iterations">All steps.</param>
/// <param name="Divergence">The Kullback-Leibler divergence at this step, without exaggeration.</param>
public readonly record struct TSneProgress(int Iteration, int Iterations, double Divergence);

/// <summary>
/// t-SNE (van der Maaten and Hinton 2008): places in the plane such that near embeddings are near. Distances of far ones, and sizes and
/// densities of groups, say little. Repulsion by a tree of Barnes and Hut (van der Maaten 2014), begun from the principal components
/// with a standard deviation of 1e-4 (Kobak and Berens 2019).
/// </summary>
public static class TSne
{
    private const int AlwaysExact = 256;
    private const int ReportInterval = 50;

    /// <summary>Lays embeddings out, in O(N² D) time for the neighbours and O(N log N) for a step.</summary>
    /// <param name="set">The embeddings; labels play no part. For cosine neighbours use <see cref="EmbeddingSet{T}.Normalized"/>.</param>
    /// <param name="options">The seed and the other settings.</param>
    /// <param name="progress">Told every 50 steps and at the end, on the calling thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static TSneLayout Embed<T>(
        EmbeddingSet<T> set, TSneOptions options, IProgress<TSneProgress>? progress = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (set.Count < 2) return new TSneLayout(new double[2 * set.Count], 0, 1);
        double perplexity = Math.Max(1, Math.Min(options.Perplexity, (set.Count - 1) / 3.0));
        double theta = set.Count <= AlwaysExact ? 0 : options.Theta;
        var affinities = Affinities.Compute(set, perplexity, allPairs: theta == 0, options.Threads);
        cancellationToken.ThrowIfCancellationRequested();
        var descent = new TSneDescent(affinities, theta, options, TSneStart.Place(set, options.Seed));
        for (int iteration = 1; iteration <= options.Iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            descent.Step(early: iteration <= options.EarlyIterations);
            if (progress is not null && (iteration % ReportInterval == 0 || iteration == options.Iterations))
                progress.Report(new TSneProgress(iteration, options.Iterations, descent.Divergence()));
        }
        return new TSneLayout(descent.Places(), descent.Divergence(), perplexity);
    }
}

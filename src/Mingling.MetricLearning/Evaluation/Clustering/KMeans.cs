using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>A clustering of embeddings.</summary>
/// <param name="Assignments">The cluster of each row, 0 … clusters − 1.</param>
/// <param name="Inertia">The sum of the squared distances of the rows to the centres of their clusters.</param>
public sealed record KMeansClustering(ReadOnlyMemory<int> Assignments, double Inertia);

/// <summary>k-means by Lloyd's iteration from k-means++ starts (Arthur and Vassilvitskii 2007).</summary>
public static class KMeans
{
    /// <summary>Clusters embeddings; labels play no part.</summary>
    /// <param name="set">The embeddings.</param>
    /// <param name="clusters">The number of clusters, from 1 to the number of embeddings.</param>
    /// <param name="options">The seed and the other settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer embeddings than clusters, or a setting is out of its range.</exception>
    public static KMeansClustering Cluster<T>(EmbeddingSet<T> set, int clusters, KMeansOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (clusters < 1 || clusters > set.Count)
            throw new ArgumentOutOfRangeException(
                nameof(clusters), clusters, $"The number of clusters must lie between 1 and the number of embeddings, {set.Count}.");
        var random = new Random(options.Seed);
        KMeansClustering? best = null;
        for (int start = 0; start < options.Starts; start++)
        {
            var clustering = new KMeansRun<T>(set, clusters, options).FromRandomStart(random);
            if (best is null || clustering.Inertia < best.Inertia) best = clustering;
        }
        return best!;
    }
}

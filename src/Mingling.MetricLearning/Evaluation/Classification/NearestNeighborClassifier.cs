using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// Classification by the k nearest rows (Euclidean, ties by lower index), one vote each; among classes with equally many votes the
/// one with the nearest row wins. With k = 1 and a gallery of <see cref="EmbeddingSet{T}.ClassMeans"/> it is that by the nearest
/// class mean.
/// </summary>
public static class NearestNeighborClassifier
{
    /// <summary>Gives each query a class of the gallery.</summary>
    /// <param name="queries">The queries; their labels do not matter.</param>
    /// <param name="gallery">The rows to compare with, at least one, of the same dimension.</param>
    /// <param name="k">The number of neighbours, at least 1; a smaller gallery votes as a whole.</param>
    /// <param name="threads">The number of threads to use. Default 1.</param>
    /// <returns>One verdict for each query, in the same order.</returns>
    /// <exception cref="ArgumentException">The dimensions differ, or the gallery is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> or <paramref name="threads"/> is below 1.</exception>
    public static NeighborVerdict[] Classify<T>(EmbeddingSet<T> queries, EmbeddingSet<T> gallery, int k, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (gallery.Count == 0) throw new ArgumentException("There must be at least one row to compare with.", nameof(gallery));
        var verdicts = new NeighborVerdict[queries.Count];
        QueryBlocks.ForEach(queries, gallery, threads, () =>
        {
            var vote = new NeighborVote<T>(gallery.Classes, k);
            return (query, squaredDistances) =>
            {
                var (winner, squared) = vote.Winner(squaredDistances, excluded: -1);
                verdicts[query] = new NeighborVerdict(gallery.Classes.Labels[winner], Math.Sqrt(double.CreateTruncating(squared)));
            };
        });
        return verdicts;
    }
}

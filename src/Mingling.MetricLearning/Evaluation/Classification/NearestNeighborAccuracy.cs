using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// Classification by the k nearest rows (Euclidean, ties by lower index), one vote each; among classes with equally many votes the
/// one with the nearest row wins.
/// </summary>
public static class NearestNeighborAccuracy
{
    /// <summary>Classifies queries by the rows of a gallery.</summary>
    /// <param name="queries">The queries; those whose class the gallery lacks are left out and counted.</param>
    /// <param name="gallery">The rows to compare with, of the same dimension.</param>
    /// <param name="k">The number of neighbours, at least 1; a smaller gallery votes as a whole.</param>
    /// <param name="threads">The number of threads to use. Default 1.</param>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> or <paramref name="threads"/> is below 1.</exception>
    public static ClassificationAccuracy Evaluate<T>(EmbeddingSet<T> queries, EmbeddingSet<T> gallery, int k, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var outcomes = new QueryOutcome[queries.Count];
        QueryBlocks.ForEach(queries, gallery, threads, () =>
        {
            var vote = new NeighborVote<T>(gallery.Classes, k);
            return (query, distances) =>
            {
                int own = gallery.Classes.Find(queries.LabelOf(query));
                if (own >= 0) outcomes[query] = vote.Winner(distances, excluded: -1).Class == own ? QueryOutcome.Right : QueryOutcome.Wrong;
            };
        });
        return ClassificationAccuracy.Count(outcomes);
    }

    /// <summary>Classifies every row by the others. Rows alone in their class are left out as queries and counted.</summary>
    /// <param name="set">The embeddings.</param>
    /// <inheritdoc cref="Evaluate"/>
    /// <param name="k"/><param name="threads"/>
    public static ClassificationAccuracy LeaveOneOut<T>(EmbeddingSet<T> set, int k, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var outcomes = new QueryOutcome[set.Count];
        QueryBlocks.ForEach(set, set, threads, () =>
        {
            var vote = new NeighborVote<T>(set.Classes, k);
            return (query, distances) =>
            {
                int own = set.Classes.ClassOfRow[query];
                if (set.Classes.Size(own) > 1) outcomes[query] = vote.Winner(distances, query).Class == own ? QueryOutcome.Right : QueryOutcome.Wrong;
            };
        });
        return ClassificationAccuracy.Count(outcomes);
    }
}

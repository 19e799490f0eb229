using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Classification by the nearest class mean (Euclidean; ties go to the smaller label).</summary>
public static class NearestCentroidAccuracy
{
    /// <summary>Classifies queries by the class means of a gallery, as a recogniser with one prototype for each word does.</summary>
    /// <param name="queries">The queries; those whose class the gallery lacks are left out and counted.</param>
    /// <param name="gallery">The rows whose class means are compared with, of the same dimension.</param>
    /// <param name="threads">The number of threads to use. Default 1.</param>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static ClassificationAccuracy Evaluate<T>(EmbeddingSet<T> queries, EmbeddingSet<T> gallery, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        var outcomes = new QueryOutcome[queries.Count];
        QueryBlocks.ForEach(queries, gallery.ClassMeans(), threads, () => (query, distances) =>
        {
            int own = gallery.Classes.Find(queries.LabelOf(query));
            if (own >= 0) outcomes[query] = Outcome(distances, own, distances[own]);
        });
        return ClassificationAccuracy.Count(outcomes);
    }

    /// <summary>
    /// Classifies every row by the class means of the others: its own class's mean is taken without it, so that a row does not attract
    /// itself. Rows alone in their class are left out as queries and counted.
    /// </summary>
    /// <param name="set">The embeddings.</param>
    /// <param name="threads">The number of threads to use. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static ClassificationAccuracy LeaveOneOut<T>(EmbeddingSet<T> set, int threads = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        var outcomes = new QueryOutcome[set.Count];
        QueryBlocks.ForEach(set, set.ClassMeans(), threads, () => (query, distances) =>
        {
            int own = set.Classes.ClassOfRow[query];
            int size = set.Classes.Size(own);
            if (size == 1) return;
            // The mean without x lies on the line from x through the mean c: x − c' = n / (n − 1) · (x − c).
            var stretch = T.CreateTruncating((double)size / (size - 1));
            outcomes[query] = Outcome(distances, own, distances[own] * stretch * stretch);
        });
        return ClassificationAccuracy.Count(outcomes);
    }

    private static QueryOutcome Outcome<T>(ReadOnlySpan<T> squaredDistances, int own, T ownDistance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int c = 0; c < squaredDistances.Length; c++)
        {
            if (c != own && (squaredDistances[c] < ownDistance || (squaredDistances[c] == ownDistance && c < own))) return QueryOutcome.Wrong;
        }
        return QueryOutcome.Right;
    }
}

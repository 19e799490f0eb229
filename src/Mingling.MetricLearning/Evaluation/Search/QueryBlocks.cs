using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Goes through all queries in blocks, computes their distances to a gallery, and hands each query's row of distances on.</summary>
internal static class QueryBlocks
{
    private const int QueriesPerBlock = 32;

    /// <summary>What is done with one query: its index and its squared distances to the rows of the gallery, [gallery.Count].</summary>
    internal delegate void Visit<T>(int query, ReadOnlySpan<T> squaredDistances);

    /// <summary>
    /// Visits every query once, in no given order. Each thread holds 32 rows of distances, and its own visitor, so that a visitor may
    /// keep scratch memory; what visitors write for a query must depend on that query alone.
    /// </summary>
    internal static void ForEach<T>(EmbeddingSet<T> queries, EmbeddingSet<T> gallery, int threads, Func<Visit<T>> createVisitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (queries.Dimension != gallery.Dimension)
            throw new ArgumentException(
                $"Queries and gallery must have the same dimension, but they have {queries.Dimension} and {gallery.Dimension}.", nameof(gallery));
        var paddedGallery = new PaddedRows<T>(gallery);
        var paddedQueries = ReferenceEquals(queries, gallery) ? paddedGallery : new PaddedRows<T>(queries);
        int blocks = (queries.Count + QueriesPerBlock - 1) / QueriesPerBlock;
        int next = -1;
        void Work()
        {
            var distances = new T[QueriesPerBlock * gallery.Count];
            var visit = createVisitor();
            for (int block = Interlocked.Increment(ref next); block < blocks; block = Interlocked.Increment(ref next))
            {
                int first = block * QueriesPerBlock;
                int count = Math.Min(QueriesPerBlock, queries.Count - first);
                DistanceBlock.Fill(paddedQueries, first, count, paddedGallery, distances);
                for (int q = 0; q < count; q++) visit(first + q, distances.AsSpan(q * gallery.Count, gallery.Count));
            }
        }
        if (threads == 1 || blocks <= 1) Work();
        else Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = threads }, [.. Enumerable.Repeat<Action>(Work, Math.Min(threads, blocks))]);
    }
}

using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// How well each embedding finds the others of its class: every row is once the query, all others are ranked by rising Euclidean
/// distance, ties by lower index. Queries without another row of their class are left out. All figures are means over the remaining
/// queries, in 0 … 1, and null where there is none; R is the number of other rows of the query's class.
/// </summary>
public sealed record RetrievalMetrics
{
    private readonly double[] _foundByRank;

    private RetrievalMetrics(double[] foundByRank) => _foundByRank = foundByRank;

    /// <summary>The number of queries that the means are over.</summary>
    public required int Queries { get; init; }

    /// <summary>The number of rows left out as queries because they are alone in their class.</summary>
    public required int LoneQueries { get; init; }

    /// <summary>The share of queries whose nearest row is of their class.</summary>
    public required double? PrecisionAt1 { get; init; }

    /// <summary>The share of the class among the first R rows.</summary>
    public required double? RPrecision { get; init; }

    /// <summary>MAP@R (Musgrave et al. 2020): (1/R) Σ precision at each of the first R ranks that holds a row of the class.</summary>
    public required double? MapAtR { get; init; }

    /// <summary>mAP: (1/R) Σ precision at the rank of each row of the class, over the whole ranking.</summary>
    public required double? MeanAveragePrecision { get; init; }

    /// <summary>MRR: one over the rank of the first row of the class.</summary>
    public required double? MeanReciprocalRank { get; init; }

    /// <summary>
    /// The cumulative match characteristic: the share of queries with a row of their class among the first <paramref name="rank"/>.
    /// </summary>
    /// <param name="rank">A rank from 1; beyond the number of rows the value stays at 1.</param>
    /// <returns>0 … 1, or null where there was no query.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rank"/> is below 1.</exception>
    public double? CumulativeMatch(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        return Queries == 0 ? null : _foundByRank[Math.Min(rank, _foundByRank.Length) - 1];
    }

    /// <summary>
    /// Ranks the whole set for each of its rows, exactly, in O(N² (D + log R)) time and O(N) memory per thread. The result does not
    /// depend on the number of threads.
    /// </summary>
    /// <param name="set">The embeddings; use <see cref="EmbeddingSet{T}.Normalized"/> for a ranking by cosine.</param>
    /// <param name="threads">The number of threads to use. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static RetrievalMetrics Evaluate<T>(EmbeddingSet<T> set, int threads = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        var scores = new QueryScore[set.Count];
        QueryBlocks.ForEach(set, set, threads, () =>
        {
            var ranks = new RelevantRanks<T>(set);
            return (query, distances) => scores[query] = QueryScore.FromRanks(ranks.Find(query, distances));
        });
        return Average(scores);
    }

    private static RetrievalMetrics Average(QueryScore[] scores)
    {
        double[] foundAt = new double[Math.Max(1, scores.Length)];
        int queries = 0;
        double first = 0, r = 0, mapAtR = 0, map = 0, reciprocal = 0;
        // One after the other and in order, so that rounding is the same for any number of threads.
        foreach (var score in scores)
        {
            if (score.FirstRank == 0) continue;
            queries++;
            foundAt[score.FirstRank - 1]++;
            first += score.FirstRank == 1 ? 1 : 0;
            r += score.RPrecision;
            mapAtR += score.AveragePrecisionAtR;
            map += score.AveragePrecision;
            reciprocal += 1.0 / score.FirstRank;
        }
        double? Mean(double sum) => queries == 0 ? null : sum / queries;
        for (int rank = 1; rank < foundAt.Length; rank++) foundAt[rank] += foundAt[rank - 1];
        return new RetrievalMetrics([.. foundAt.Select(f => f / Math.Max(1, queries))])
        {
            Queries = queries,
            LoneQueries = scores.Length - queries,
            PrecisionAt1 = Mean(first),
            RPrecision = Mean(r),
            MapAtR = Mean(mapAtR),
            MeanAveragePrecision = Mean(map),
            MeanReciprocalRank = Mean(reciprocal),
        };
    }

    private readonly record struct QueryScore(int FirstRank, double RPrecision, double AveragePrecisionAtR, double AveragePrecision)
    {
        /// <summary>The scores of one query from the rising ranks of its relevant rows; all zero where there is none.</summary>
        internal static QueryScore FromRanks(ReadOnlySpan<int> ranks)
        {
            if (ranks.Length == 0) return default;
            double found = 0, precisionAtR = 0, precision = 0;
            for (int k = 0; k < ranks.Length; k++)
            {
                double p = (k + 1.0) / ranks[k];
                precision += p;
                if (ranks[k] > ranks.Length) continue;
                found++;
                precisionAtR += p;
            }
            return new QueryScore(ranks[0], found / ranks.Length, precisionAtR / ranks.Length, precision / ranks.Length);
        }
    }
}

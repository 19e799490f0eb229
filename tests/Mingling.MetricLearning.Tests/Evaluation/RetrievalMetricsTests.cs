using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class RetrievalMetricsTests
{
    [Fact]
    public void Retrieval_equals_its_naive_twin_with_ties_and_duplicates() =>
        EmbeddingGenerators.Sets(60).Sample(set =>
        {
            var metrics = RetrievalMetrics.Evaluate(set);
            bool[][] rankings = Enumerable.Range(0, set.Count).Select(q => Ranking(set, q)).ToArray();
            bool[][] usable = rankings.Where(r => r.Contains(true)).ToArray();
            metrics.Queries.ShouldBe(usable.Length);
            metrics.LoneQueries.ShouldBe(set.Count - usable.Length);
            Same(metrics.PrecisionAt1, usable, r => r[0] ? 1 : 0);
            Same(metrics.RPrecision, usable, r => r.Take(r.Count(h => h)).Average(h => h ? 1.0 : 0));
            Same(metrics.MapAtR, usable, r => AveragePrecision(r, r.Count(h => h)));
            Same(metrics.MeanAveragePrecision, usable, r => AveragePrecision(r, r.Length));
            Same(metrics.MeanReciprocalRank, usable, r => 1.0 / (1 + Array.IndexOf(r, true)));
            foreach (int rank in new[] { 1, 2, 5, 1000 }) Same(metrics.CumulativeMatch(rank), usable, r => r.Take(rank).Any(h => h) ? 1 : 0);
        });

    [Fact]
    public void Integer_embeddings_in_float_rank_exactly_as_in_double() =>
        EmbeddingGenerators.Sets(60).Where(set => set.Values.ToArray().All(double.IsInteger)).Sample(set =>
            RetrievalMetrics.Evaluate(set.ToFloat()).ToString().ShouldBe(RetrievalMetrics.Evaluate(set).ToString()));

    [Fact]
    public void Result_does_not_depend_on_the_number_of_threads() =>
        EmbeddingGenerators.Sets(200, minCount: 60).Sample(
            set => RetrievalMetrics.Evaluate(set, 3).ToString().ShouldBe(RetrievalMetrics.Evaluate(set).ToString()), iter: 30);

    [Fact]
    public void Distances_crowded_by_an_outlier_are_ranked_rightly()
    {
        // One relevant row far away puts all the others into the first step of the look-up table.
        double[] values = Enumerable.Range(0, 100).Select(i => i == 99 ? 1e6 : i / 1024.0).ToArray();
        var set = new EmbeddingSet<double>(values, 1, Enumerable.Range(0, 100).Select(i => i % 2).ToArray());
        bool[][] rankings = Enumerable.Range(0, 100).Select(q => Ranking(set, q)).ToArray();
        Same(RetrievalMetrics.Evaluate(set).MeanAveragePrecision, rankings, r => AveragePrecision(r, r.Length));
    }

    [Fact]
    public void Equal_distances_are_ranked_by_lower_index()
    {
        // Seen from row 0 all rows are at distance 1; row 1 of the other class comes first.
        var set = EmbeddingGenerators.Set([[0.0], [1.0], [-1.0], [1.0]], 0, 1, 0, 1);
        var metrics = RetrievalMetrics.Evaluate(set);
        // Ranks of the relevant row: 2 for row 0, 1 for rows 1 and 3 (a duplicate), 1 for row 2.
        metrics.MeanReciprocalRank!.Value.ShouldBe((0.5 + 1 + 1 + 1) / 4, 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Nothing_to_find_gives_no_figures(int count)
    {
        var metrics = RetrievalMetrics.Evaluate(new EmbeddingSet<float>(new float[count * 3], 3, Enumerable.Range(0, count).ToArray()));
        metrics.Queries.ShouldBe(0);
        metrics.LoneQueries.ShouldBe(count);
        new[] { metrics.PrecisionAt1, metrics.RPrecision, metrics.MapAtR, metrics.MeanAveragePrecision, metrics.MeanReciprocalRank, metrics.CumulativeMatch(1) }
            .ShouldAllBe(v => v == null);
    }

    [Fact]
    public void Separated_classes_are_retrieved_perfectly()
    {
        var metrics = RetrievalMetrics.Evaluate(EmbeddingGenerators.Set([[0.0], [1.0], [50.0], [51.0], [49.5]], 0, 0, 1, 1, 1));
        new[] { metrics.PrecisionAt1, metrics.RPrecision, metrics.MapAtR, metrics.MeanAveragePrecision, metrics.MeanReciprocalRank, metrics.CumulativeMatch(1) }
            .ShouldAllBe(v => v == 1);
    }

    [Fact]
    public void Wrong_settings_are_refused()
    {
        var set = new EmbeddingSet<float>(new float[2], 1, new[] { 0, 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => RetrievalMetrics.Evaluate(set, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => RetrievalMetrics.Evaluate(set).CumulativeMatch(0));
    }

    /// <summary>Whether each row but the query is relevant, in the order of rising distance and index.</summary>
    private static bool[] Ranking(EmbeddingSet<double> set, int query) =>
        [.. Enumerable.Range(0, set.Count).Where(i => i != query)
            .OrderBy(i => set.SquaredDistance(query, i)).ThenBy(i => i)
            .Select(i => set.LabelOf(i) == set.LabelOf(query))];

    private static double AveragePrecision(bool[] ranking, int depth) =>
        Enumerable.Range(0, depth).Where(k => ranking[k]).Sum(k => ranking.Take(k + 1).Count(h => h) / (k + 1.0)) / ranking.Count(h => h);

    private static void Same(double? actual, bool[][] rankings, Func<bool[], double> score)
    {
        if (rankings.Length == 0) actual.ShouldBeNull();
        else actual!.Value.ShouldBe(rankings.Average(score), 1e-12);
    }
}

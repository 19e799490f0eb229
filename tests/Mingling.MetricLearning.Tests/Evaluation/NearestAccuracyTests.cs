using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class NearestAccuracyTests
{
    [Fact]
    public void Neighbors_of_a_gallery_vote_as_in_the_naive_twin() =>
        Gen.Select(EmbeddingGenerators.Sets(maxDimension: 1), EmbeddingGenerators.Sets(maxDimension: 1), Gen.Int[1, 9]).Sample((queries, gallery, k) =>
        {
            var actual = NearestNeighborAccuracy.Evaluate(queries, gallery, k);
            Check(actual, Enumerable.Range(0, queries.Count).Select(q => gallery.Labels().Contains(queries.LabelOf(q))
                ? Vote(gallery, queries.Row(q).ToArray(), k, -1) == queries.LabelOf(q) : (bool?)null));
        });

    [Fact]
    public void Neighbors_left_one_out_vote_as_in_the_naive_twin() =>
        EmbeddingGenerators.Sets().Select(Gen.Int[1, 9]).Sample((set, k) =>
            Check(NearestNeighborAccuracy.LeaveOneOut(set, k, threads: 2), Enumerable.Range(0, set.Count).Select(q =>
                set.Labels().Count(l => l == set.LabelOf(q)) > 1 ? Vote(set, set.Row(q).ToArray(), k, q) == set.LabelOf(q) : (bool?)null)));

    [Fact]
    public void Tied_votes_go_to_the_class_of_the_nearest_row()
    {
        var gallery = EmbeddingGenerators.Set([[1.0], [2.0], [3.0], [4.0]], 5, 6, 6, 5);
        NearestNeighborAccuracy.Evaluate(EmbeddingGenerators.Set([[0.0]], 5), gallery, 4).Right.ShouldBe(1);
        NearestNeighborAccuracy.Evaluate(EmbeddingGenerators.Set([[0.0]], 5), gallery, 3).Right.ShouldBe(0);
    }

    [Fact]
    public void Centroids_left_one_out_equal_centroids_computed_anew() =>
        EmbeddingGenerators.Sets().Sample(set =>
        {
            long[] labels = set.Labels();
            var outcomes = new List<bool?>();
            for (int q = 0; q < set.Count; q++)
            {
                var rest = Enumerable.Range(0, set.Count).Where(i => i != q).GroupBy(i => labels[i])
                    .Select(g => (Label: g.Key, Distance: ToMean(set, q, [.. g]))).OrderBy(g => g.Distance).ToArray();
                // Means are rounded: which of two equally distant ones comes out nearer is not for this twin to say.
                if (rest.Length > 1 && rest[1].Distance - rest[0].Distance < 1e-9) return;
                outcomes.Add(labels.Count(l => l == labels[q]) == 1 ? null : rest[0].Label == labels[q]);
            }
            Check(NearestCentroidAccuracy.LeaveOneOut(set, threads: 2), outcomes);
        });

    [Fact]
    public void Query_at_equal_distance_from_two_centroids_gets_the_smaller_label()
    {
        var gallery = EmbeddingGenerators.Set([[-2.0], [0.0], [1.0]], 9, 9, 4);
        NearestCentroidAccuracy.Evaluate(EmbeddingGenerators.Set([[0.0]], 4), gallery).Right.ShouldBe(1);
        NearestCentroidAccuracy.Evaluate(EmbeddingGenerators.Set([[0.0]], 9), gallery).Right.ShouldBe(0);
    }

    [Fact]
    public void Queries_of_classes_that_the_gallery_lacks_are_left_out_and_counted()
    {
        var queries = EmbeddingGenerators.Set([[0.0], [5.0], [9.0]], 1, 2, 3);
        var gallery = EmbeddingGenerators.Set([[0.0], [5.0]], 1, 2);
        NearestNeighborAccuracy.Evaluate(queries, gallery, 1).ShouldBe(new ClassificationAccuracy(2, 2, 1));
        NearestCentroidAccuracy.Evaluate(queries, gallery).ShouldBe(new ClassificationAccuracy(2, 2, 1));
    }

    [Fact]
    public void Nothing_to_compare_with_gives_no_share()
    {
        var empty = new EmbeddingSet<float>(Array.Empty<float>(), 2, ReadOnlySpan<int>.Empty);
        var one = new EmbeddingSet<float>(new float[2], 2, new[] { 1 });
        NearestNeighborAccuracy.Evaluate(one, empty, 3).Share.ShouldBeNull();
        NearestCentroidAccuracy.Evaluate(one, empty).Share.ShouldBeNull();
        NearestNeighborAccuracy.LeaveOneOut(one, 3).ShouldBe(new ClassificationAccuracy(0, 0, 1));
        NearestCentroidAccuracy.LeaveOneOut(empty).ShouldBe(new ClassificationAccuracy(0, 0, 0));
    }

    [Fact]
    public void Sets_of_different_dimension_are_refused() =>
        Should.Throw<ArgumentException>(() => NearestNeighborAccuracy.Evaluate(
            new EmbeddingSet<float>(new float[2], 2, new[] { 0 }), new EmbeddingSet<float>(new float[3], 3, new[] { 0 }), 1)).Message.ShouldContain("2 and 3");

    private static long Vote(EmbeddingSet<double> gallery, double[] query, int k, int excluded)
    {
        long[] nearest = Enumerable.Range(0, gallery.Count).Where(i => i != excluded)
            .OrderBy(i => gallery.Row(i).ToArray().Zip(query, (a, b) => (a - b) * (a - b)).Sum()).ThenBy(i => i)
            .Take(k).Select(gallery.LabelOf).ToArray();
        return nearest.GroupBy(l => l).MaxBy(g => g.Count())!.Key;
    }

    private static double ToMean(EmbeddingSet<double> set, int query, int[] rows) =>
        Enumerable.Range(0, set.Dimension).Sum(k => Math.Pow(set.Row(query)[k] - rows.Average(i => set.Row(i)[k]), 2));

    private static void Check(ClassificationAccuracy actual, IEnumerable<bool?> naive)
    {
        bool?[] outcomes = naive.ToArray();
        actual.ShouldBe(new ClassificationAccuracy(outcomes.Count(o => o == true), outcomes.Count(o => o != null), outcomes.Count(o => o == null)));
    }
}

using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class NearestNeighborClassifierTests
{
    [Fact]
    public void Verdicts_are_right_as_often_as_the_accuracy_says() =>
        Gen.Select(EmbeddingGenerators.Sets(maxDimension: 1), EmbeddingGenerators.Sets(maxDimension: 1), Gen.Int[1, 9]).Sample((queries, gallery, k) =>
        {
            if (gallery.Count == 0) return;
            var verdicts = NearestNeighborClassifier.Classify(queries, gallery, k, threads: 2);
            verdicts.Where((verdict, q) => verdict.Label == queries.LabelOf(q)).Count()
                .ShouldBe(NearestNeighborAccuracy.Evaluate(queries, gallery, k).Right);
        });

    [Fact]
    public void Distance_is_that_of_the_winners_nearest_row()
    {
        var gallery = EmbeddingGenerators.Set([[1.0], [2.0], [3.0]], 5, 6, 6);
        NearestNeighborClassifier.Classify(EmbeddingGenerators.Set([[0.0]], 0), gallery, 1).ShouldBe([new NeighborVerdict(5, 1)]);
        NearestNeighborClassifier.Classify(EmbeddingGenerators.Set([[0.0]], 0), gallery, 3).ShouldBe([new NeighborVerdict(6, 2)]);
    }

    [Fact]
    public void Nearest_class_mean_is_right_as_often_as_the_centroids() =>
        Gen.Select(EmbeddingGenerators.Sets(maxDimension: 1), EmbeddingGenerators.Sets(maxDimension: 1)).Sample((queries, gallery) =>
        {
            if (gallery.Count == 0) return;
            var verdicts = NearestNeighborClassifier.Classify(queries, gallery.ClassMeans(), k: 1);
            verdicts.Where((verdict, q) => verdict.Label == queries.LabelOf(q)).Count()
                .ShouldBe(NearestCentroidAccuracy.Evaluate(queries, gallery).Right);
        });

    [Fact]
    public void Class_means_are_in_the_order_of_the_labels()
    {
        var means = EmbeddingGenerators.Set([[1.0, 0.0], [7.0, 7.0], [3.0, 2.0]], 9, 4, 9).ClassMeans();
        means.Values.ToArray().ShouldBe([7.0, 7.0, 2.0, 1.0]);
        means.DistinctLabels.ToArray().ShouldBe([4, 9]);
    }

    [Fact]
    public void An_empty_gallery_and_no_neighbors_are_refused()
    {
        var set = EmbeddingGenerators.Set([[1.0]], 1);
        var empty = new EmbeddingSet<double>(Array.Empty<double>(), 1, ReadOnlySpan<int>.Empty);
        Should.Throw<ArgumentException>(() => NearestNeighborClassifier.Classify(set, empty, 1)).Message.ShouldContain("at least one row");
        Should.Throw<ArgumentOutOfRangeException>(() => NearestNeighborClassifier.Classify(set, set, 0));
    }
}

using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class SilhouetteTests
{
    [Fact]
    public void Silhouette_equals_its_naive_twin() =>
        EmbeddingGenerators.Sets().Sample(set =>
        {
            long[] labels = set.Labels();
            var groups = Enumerable.Range(0, set.Count).GroupBy(i => labels[i]).ToArray();
            double? actual = Silhouette.Mean(set, threads: 2);
            if (groups.Length < 2) actual.ShouldBeNull();
            else actual!.Value.ShouldBe(Enumerable.Range(0, set.Count).Average(i => Value(set, i, groups)), 1e-12);
        });

    [Fact]
    public void Duplicates_shared_by_two_classes_count_as_zero() =>
        Silhouette.Mean(new EmbeddingSet<float>(new float[8], 2, new[] { 0, 0, 1, 1 })).ShouldBe(0);

    [Fact]
    public void Tight_classes_far_apart_come_near_one() =>
        Silhouette.Mean(EmbeddingGenerators.Set([[0.0], [0.1], [100.0], [100.1]], 0, 0, 1, 1))!.Value.ShouldBeInRange(0.99, 1);

    private static double Value(EmbeddingSet<double> set, int i, IGrouping<long, int>[] groups)
    {
        int[] own = groups.Single(g => g.Key == set.LabelOf(i)).Where(j => j != i).ToArray();
        if (own.Length == 0) return 0;
        double a = own.Average(j => Math.Sqrt(set.SquaredDistance(i, j)));
        double b = groups.Where(g => g.Key != set.LabelOf(i)).Min(g => g.Average(j => Math.Sqrt(set.SquaredDistance(i, j))));
        return a == b ? 0 : (b - a) / Math.Max(a, b);
    }
}

using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class ClassGeometryTests
{
    [Fact]
    public void Two_classes_on_a_line_have_the_distances_worked_out_by_hand()
    {
        var set = EmbeddingGenerators.Set([[0, 0], [2, 0], [10, 0], [14, 0]], 3, 3, 8, 8);
        var geometry = ClassGeometry.Measure(set);
        geometry.IntraClassDistance.ShouldBe(1.5);
        geometry.InterClassDistance.ShouldBe(11);
        geometry.IntraToInterRatio.ShouldBe(1.5 / 11);
        geometry.Classes.ShouldBe([new ClassSpread(3, 2, 1), new ClassSpread(8, 2, 2)]);
        // Sample variances 2 and 8: d' = 11 / sqrt((2 + 8) / 2).
        geometry.NearestPair!.DPrime!.Value.ShouldBe(11 / Math.Sqrt(5), 1e-12);
    }

    [Fact]
    public void Spread_across_the_line_between_the_means_does_not_lower_d_prime()
    {
        var set = EmbeddingGenerators.Set([[-1, 50], [1, -50], [9, 70], [11, -70]], 0, 0, 1, 1);
        ClassGeometry.Measure(set).Pairs[0].DPrime!.Value.ShouldBe(10 / Math.Sqrt(2), 1e-12);
    }

    [Fact]
    public void Geometry_equals_its_naive_twin() =>
        EmbeddingGenerators.Sets().Sample(set =>
        {
            var geometry = ClassGeometry.Measure(set);
            long[] labels = set.Labels();
            var groups = Enumerable.Range(0, set.Count).GroupBy(i => labels[i]).OrderBy(g => g.Key).ToArray();
            double[][] means = groups.Select(g => Mean(set, [.. g])).ToArray();
            double[] intra = groups.SelectMany((g, c) => g.Count() > 1 ? g.Select(i => Distance(set.Row(i).ToArray(), means[c])) : []).ToArray();
            Same(geometry.IntraClassDistance, intra.Length == 0 ? null : intra.Average());
            double[] pairs = (from i in Enumerable.Range(0, groups.Length)
                              from j in Enumerable.Range(i + 1, groups.Length - i - 1)
                              select Distance(means[i], means[j])).ToArray();
            Same(geometry.InterClassDistance, pairs.Length == 0 ? null : pairs.Average());
            Same(geometry.NearestPair?.CenterDistance, pairs.Length == 0 ? null : pairs.Min());
            geometry.Pairs.Count.ShouldBe(pairs.Length);
            foreach (var pair in geometry.Pairs)
                Same(pair.DPrime, NaiveDPrime(set, [.. groups.Single(g => g.Key == pair.First)], [.. groups.Single(g => g.Key == pair.Second)]));
        });

    [Fact]
    public void Geometry_is_finite_or_null_for_any_set() =>
        EmbeddingGenerators.Sets().Sample(set =>
        {
            var geometry = ClassGeometry.Measure(set.ToFloat());
            double?[] figures = [geometry.IntraClassDistance, geometry.InterClassDistance, geometry.IntraToInterRatio,
                .. geometry.Pairs.Select(p => p.DPrime), .. geometry.Classes.Select(c => (double?)c.MeanDistanceToCenter)];
            return figures.All(f => f is null || double.IsFinite(f.Value));
        });

    [Fact]
    public void Duplicates_of_one_vector_per_class_have_no_spread_and_no_d_prime()
    {
        double[] a = [0.1, 0.7], b = [0.3, -0.9];
        var geometry = ClassGeometry.Measure(EmbeddingGenerators.Set([a, a, a, b, b, b], 0, 0, 0, 1, 1, 1));
        geometry.IntraClassDistance.ShouldBe(0);
        geometry.IntraToInterRatio.ShouldBe(0);
        geometry.NearestPair!.DPrime.ShouldBeNull();
    }

    [Fact]
    public void Classes_with_the_same_mean_have_d_prime_zero_and_no_ratio()
    {
        var geometry = ClassGeometry.Measure(EmbeddingGenerators.Set([[1, 0], [-1, 0], [0, 2], [0, -2]], 0, 0, 1, 1));
        geometry.NearestPair!.DPrime.ShouldBe(0);
        geometry.IntraToInterRatio.ShouldBeNull();
    }

    [Fact]
    public void One_class_has_an_intra_distance_alone()
    {
        var geometry = ClassGeometry.Measure(EmbeddingGenerators.Set([[1.0], [3.0]], 4, 4));
        geometry.IntraClassDistance.ShouldBe(1);
        geometry.InterClassDistance.ShouldBeNull();
        geometry.NearestPair.ShouldBeNull();
        geometry.Pairs.ShouldBeEmpty();
    }

    [Fact]
    public void Single_samples_have_an_inter_distance_alone()
    {
        var geometry = ClassGeometry.Measure(EmbeddingGenerators.Set([[1.0], [3.0]], 4, 5));
        geometry.IntraClassDistance.ShouldBeNull();
        geometry.InterClassDistance.ShouldBe(2);
        geometry.NearestPair!.DPrime.ShouldBeNull();
    }

    [Fact]
    public void Limited_pairs_are_those_with_the_nearest_means() =>
        EmbeddingGenerators.Sets().Select(Gen.Int[1, 20]).Sample((set, limit) =>
        {
            var all = ClassGeometry.Measure(set).Pairs.OrderBy(p => p.CenterDistance).ThenBy(p => p.First).ThenBy(p => p.Second).Take(limit);
            ClassGeometry.Measure(set, limit).Pairs.ShouldBe(all, ignoreOrder: true);
        });

    private static double[] Mean(EmbeddingSet<double> set, int[] rows) =>
        Enumerable.Range(0, set.Dimension).Select(k => rows.Average(i => set.Row(i)[k])).ToArray();

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double? NaiveDPrime(EmbeddingSet<double> set, int[] first, int[] second)
    {
        if (first.Length < 2 || second.Length < 2) return null;
        var (m1, m2) = (Mean(set, first), Mean(set, second));
        double length = Distance(m1, m2);
        if (length < 1e-9) return 0;
        double[] Project(int[] rows) => rows.Select(i => Enumerable.Range(0, set.Dimension).Sum(k => set.Row(i)[k] * (m2[k] - m1[k]) / length)).ToArray();
        double Variance(double[] v) => v.Sum(x => (x - v.Average()) * (x - v.Average())) / (v.Length - 1);
        var (p1, p2) = (Project(first), Project(second));
        double spread = Math.Sqrt((Variance(p1) + Variance(p2)) / 2);
        return spread < 1e-9 ? null : Math.Abs(p1.Average() - p2.Average()) / spread;
    }

    private static void Same(double? actual, double? expected)
    {
        if (expected is null) actual.ShouldBeNull();
        else actual!.Value.ShouldBe(expected.Value, 1e-9 * (1 + expected.Value));
    }
}

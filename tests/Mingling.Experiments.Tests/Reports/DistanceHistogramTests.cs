using CsCheck;
using Mingling.Experiments.Evaluation;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.Experiments.Tests.Reports;

public class DistanceHistogramTests
{
    [Fact]
    public void Histogram_of_any_pairs_counts_as_a_naive_one_does() =>
        Gen.Select(Gen.Double[0, 5].Array[1, 50], Gen.Double[0, 5].Array[0, 50], Gen.Int[1, 20]).Sample((same, different, bins) =>
        {
            var histogram = DistanceHistogram.Count(Pairs(same, different), bins);
            histogram.Edges.Count.ShouldBe(bins + 1);
            histogram.Edges[0].ShouldBe(0);
            histogram.Same.Sum().ShouldBe(same.Length);
            histogram.Different.Sum().ShouldBe(different.Length);
            double width = histogram.Edges[1];
            for (int bin = 0; bin < bins; bin++)
            {
                long Within(double[] distances) => distances.LongCount(d => (int)(d / width) == bin || bin == bins - 1 && (int)(d / width) >= bins);
                histogram.Same[bin].ShouldBe(Within(same));
                histogram.Different[bin].ShouldBe(Within(different));
            }
        });

    [Fact]
    public void Histogram_of_equal_embeddings_holds_all_in_the_first_bin()
    {
        var histogram = DistanceHistogram.Count(Pairs([0, 0], [0]), 4);
        histogram.Same.ShouldBe([2, 0, 0, 0]);
        histogram.Different.ShouldBe([1, 0, 0, 0]);
        histogram.Edges.ShouldBe([0, 0.25, 0.5, 0.75, 1]);
    }

    [Fact]
    public void Histogram_of_no_pair_is_refused() => Should.Throw<ArgumentException>(() => DistanceHistogram.Count(Pairs([], [])));

    private static VerificationTrials Pairs(double[] same, double[] different) =>
        new(same.Select(d => -d).ToArray(), different.Select(d => -d).ToArray());
}

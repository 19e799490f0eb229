using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class OpenSetMetricsTests
{
    [Fact]
    public void Accuracy_at_a_rate_counts_clips_both_right_and_accepted()
    {
        // At FAR 1/2 the threshold falls to 0.3: the clip at 0.2 is refused, the one at 0.9 is accepted but wrong.
        var metrics = OpenSetMetrics.Evaluate([0.9, 0.8, 0.3, 0.2], [false, true, true, true], [0.25, 0.85]);
        metrics.AccuracyAt(0.5).ShouldBe(0.5);
        metrics.AccuracyAt(0).ShouldBe(0);
        metrics.AccuracyAt(1).ShouldBe(0.75);
        metrics.ClosedSetAccuracy.ShouldBe(0.75);
        metrics.AreaUnderCurve.ShouldBe((2 + 1 + 1 + 0) / 8.0);
    }

    [Fact]
    public void Accuracy_equals_its_naive_twin_and_rises_with_the_rate() =>
        Gen.Select(Gen.Int[0, 9], Gen.Bool).Array[1, 30].Select(Gen.Int[0, 9].Array[1, 30]).Sample((known, unknown) =>
        {
            var metrics = OpenSetMetrics.Evaluate(
                [.. known.Select(k => (double)k.Item1)], [.. known.Select(k => k.Item2)], [.. unknown.Select(u => (double)u)]);
            double last = 0.0;
            foreach (double far in new[] { 0, 0.01, 0.05, 0.2, 0.5, 1 })
            {
                int threshold = known.Select(k => k.Item1).Concat(unknown).Append(10).Where(t => unknown.Count(u => u >= t) <= far * unknown.Length).Min();
                double accuracy = metrics.AccuracyAt(far);
                accuracy.ShouldBe(known.Count(k => k.Item2 && k.Item1 >= threshold) / (double)known.Length);
                accuracy.ShouldBeInRange(last, metrics.ClosedSetAccuracy);
                last = accuracy;
            }
        });

    [Fact]
    public void Verdicts_that_do_not_match_the_scores_are_refused() =>
        Should.Throw<ArgumentException>(() => OpenSetMetrics.Evaluate([1], [true, false], [0])).Message.ShouldContain("2 for 1");
}

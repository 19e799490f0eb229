using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class VerificationCurveTests
{
    private static readonly Gen<double[]> Scores =
        Gen.Bool.SelectMany(coarse => (coarse ? Gen.Int[-3, 3].Select(v => (double)v) : Gen.Double[-2, 2]).Array[1, 40]);

    [Fact]
    public void Every_point_has_the_rates_counted_at_its_threshold() =>
        Gen.Select(Scores, Scores).Sample((targets, others) =>
        {
            var curve = VerificationCurve.FromScores(targets, others);
            curve.Points[0].ShouldBe(new VerificationPoint(double.PositiveInfinity, 0, 1));
            foreach (var point in curve.Points)
            {
                point.FalseAcceptanceRate.ShouldBe(others.Count(s => s >= point.Threshold) / (double)others.Length);
                point.FalseRejectionRate.ShouldBe(targets.Count(s => s < point.Threshold) / (double)targets.Length);
            }
            curve.Points.Length.ShouldBe(1 + targets.Concat(others).Distinct().Count());
        });

    [Fact]
    public void Area_is_the_share_of_rightly_ordered_pairs() =>
        Gen.Select(Scores, Scores).Sample((targets, others) =>
        {
            double pairs = (from t in targets from o in others select t > o ? 1 : t == o ? 0.5 : 0).Average();
            VerificationCurve.FromScores(targets, others).AreaUnderCurve().ShouldBe(pairs, 1e-12);
        });

    [Fact]
    public void Equal_error_rate_lies_on_the_polygon_of_the_curve() =>
        Gen.Select(Scores, Scores).Sample((targets, others) =>
        {
            var curve = VerificationCurve.FromScores(targets, others);
            double rate = curve.EqualErrorRate();
            rate.ShouldBeInRange(0, 1);
            var points = curve.Points.ToArray();
            points.Zip(points.Skip(1)).Any(s => OnSegment(rate, s.First, s.Second)).ShouldBeTrue();
        });

    [Fact]
    public void Rates_do_not_change_when_scores_are_scaled_and_shifted() =>
        Gen.Select(Gen.Int[-9, 9].Array[1, 30], Gen.Int[-9, 9].Array[1, 30]).Sample((targets, others) =>
        {
            var plain = VerificationCurve.FromScores([.. targets.Select(t => (double)t)], [.. others.Select(o => (double)o)]);
            var moved = VerificationCurve.FromScores([.. targets.Select(t => t * 8.0 - 3)], [.. others.Select(o => o * 8.0 - 3)]);
            moved.EqualErrorRate().ShouldBe(plain.EqualErrorRate());
            moved.MinimumDetectionCost(0.01).ShouldBe(plain.MinimumDetectionCost(0.01));
            moved.AtFalseAcceptanceRate(0.05).FalseRejectionRate.ShouldBe(plain.AtFalseAcceptanceRate(0.05).FalseRejectionRate);
        });

    [Fact]
    public void Point_at_a_false_acceptance_rate_is_the_best_within_it() =>
        Gen.Select(Scores, Scores, Gen.Double[0, 1]).Sample((targets, others, far) =>
        {
            var curve = VerificationCurve.FromScores(targets, others);
            double best = curve.Points.ToArray().Where(p => p.FalseAcceptanceRate <= far).Min(p => p.FalseRejectionRate);
            curve.AtFalseAcceptanceRate(far).FalseRejectionRate.ShouldBe(best);
            curve.ValidationRate(far).ShouldBe(1 - best);
        });

    [Fact]
    public void Separated_scores_have_no_errors()
    {
        var curve = VerificationCurve.FromScores([2, 3], [0, 1, 1]);
        curve.EqualErrorRate().ShouldBe(0);
        curve.AreaUnderCurve().ShouldBe(1);
        curve.MinimumDetectionCost(0.5).ShouldBe(0);
        curve.ValidationRate(0).ShouldBe(1);
    }

    [Fact]
    public void Scores_all_equal_are_chance()
    {
        var curve = VerificationCurve.FromScores([1, 1], [1, 1, 1]);
        curve.EqualErrorRate().ShouldBe(0.5);
        curve.AreaUnderCurve().ShouldBe(0.5);
        curve.MinimumDetectionCost(0.01).ShouldBe(1);
        curve.AtFalseAcceptanceRate(0.99).Threshold.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Detection_cost_weighs_misses_and_alarms_by_their_costs()
    {
        // Accepting at 1 misses half of the targets and raises no alarm; at 0 the reverse.
        var curve = VerificationCurve.FromScores([1, 0], [0, -1]);
        curve.MinimumDetectionCost(0.5, missCost: 10, falseAlarmCost: 1).ShouldBe(0.5, 1e-15);
        curve.MinimumDetectionCost(0.5, missCost: 1, falseAlarmCost: 10).ShouldBe(0.5, 1e-15);
        curve.MinimumDetectionCost(0.25, missCost: 1, falseAlarmCost: 1).ShouldBe(0.5, 1e-15);
    }

    [Fact]
    public void Unusable_input_is_refused()
    {
        Should.Throw<ArgumentException>(() => VerificationCurve.FromScores([], [1])).Message.ShouldContain("at least one");
        Should.Throw<ArgumentException>(() => VerificationCurve.FromScores([1], [double.NaN])).Message.ShouldContain("finite");
        var curve = VerificationCurve.FromScores([1], [0]);
        Should.Throw<ArgumentOutOfRangeException>(() => curve.AtFalseAcceptanceRate(1.5));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.MinimumDetectionCost(0));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.MinimumDetectionCost(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.MinimumDetectionCost(0.5, missCost: 0));
    }

    [Fact]
    public void Det_points_are_the_quantiles_of_the_inner_points() =>
        Gen.Select(Scores, Scores).Sample((targets, others) =>
        {
            var curve = VerificationCurve.FromScores(targets, others);
            var det = DetCurve.FromVerification(curve);
            det.Count.ShouldBe(curve.Points.ToArray().Count(p => p.FalseAcceptanceRate is > 0 and < 1 && p.FalseRejectionRate is > 0 and < 1));
            det.ShouldAllBe(p => double.IsFinite(p.FalseAcceptanceDeviate) && double.IsFinite(p.FalseRejectionDeviate));
        });

    [Theory] // Quantiles from tables of the normal distribution.
    [InlineData(0.5, 0)]
    [InlineData(0.841344746068543, 1)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Normal_quantile_has_the_value_of_the_tables(double p, double expected) => NormalQuantile.Compute(p).ShouldBe(expected, 1e-12);

    [Fact]
    public void Normal_quantile_inverts_the_distribution() =>
        Gen.Double[1e-12, 0.5].Sample(p => NormalQuantile.LowerTail(-NormalQuantile.Compute(p)).ShouldBe(p, 1e-13 + 1e-11 * p));

    private static bool OnSegment(double rate, VerificationPoint a, VerificationPoint b)
    {
        // (rate, rate) lies between a and b, and the cross product with their difference vanishes.
        var (dx, dy) = (b.FalseAcceptanceRate - a.FalseAcceptanceRate, b.FalseRejectionRate - a.FalseRejectionRate);
        return rate >= a.FalseAcceptanceRate - 1e-12 && rate <= b.FalseAcceptanceRate + 1e-12
            && rate <= a.FalseRejectionRate + 1e-12 && rate >= b.FalseRejectionRate - 1e-12
            && Math.Abs(dx * (rate - a.FalseRejectionRate) - dy * (rate - a.FalseAcceptanceRate)) < 1e-12;
    }
}

using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Tests.Evaluation;

public class EstimateTests
{
    /// <summary>Values of the usual tables of Student's t.</summary>
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(3, 3.1824)]
    [InlineData(9, 2.2622)]
    [InlineData(30, 2.0423)]
    [InlineData(199, 1.9720)]
    [InlineData(100_000, 1.9600)]
    public void Quantile_is_Students(int freedom, double t) => StudentQuantile.TwoSided95(freedom).ShouldBe(t, 5e-5);

    [Fact]
    public void Interval_of_a_mean_is_Students_within_0_and_1()
    {
        var estimate = Estimate.OfMean([0.5, 0.6, 0.7]);
        estimate.Mean.ShouldBe(0.6, 1e-12);
        estimate.Low!.Value.ShouldBe(0.6 - 4.302653 * 0.1 / Math.Sqrt(3), 1e-6);
        estimate.High!.Value.ShouldBe(0.6 + 4.302653 * 0.1 / Math.Sqrt(3), 1e-6);
        Estimate.OfMean([0.9, 1]).High.ShouldBe(1);
        Estimate.OfMean([0.1, 0]).Low.ShouldBe(0);
        Estimate.OfMean([0.3]).ShouldBe(new Estimate(0.3, null, null));
        Should.Throw<ArgumentException>(() => Estimate.OfMean([]));
    }

    [Fact]
    public void Interval_of_replicates_leaves_a_fortieth_on_either_side()
    {
        Estimate.OfReplicates(0.4, [.. Enumerable.Range(0, 1000).Select(i => (999 - i) / 1000.0)]).ShouldBe(new Estimate(0.4, 0.025, 0.974));
        Should.Throw<ArgumentException>(() => Estimate.OfReplicates(0.4, []));
    }
}

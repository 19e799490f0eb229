using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

public class PoissonIntervalTests
{
    [Theory]
    [InlineData(0, 0, 3.6889, 2.9957)]
    [InlineData(1, 0.02532, 5.5716, 4.7439)]
    [InlineData(5, 1.6235, 11.6683, 10.5130)]
    [InlineData(10, 4.7954, 18.3904, 16.9622)]
    [InlineData(100, 81.3640, 121.6270, 118.0790)]
    public void PoissonInterval_of_one_hour_is_that_of_the_tables(int events, double lower, double upper, double atMost)
    {
        var interval = PoissonInterval.FromCount(events, 1);
        interval.Lower.ShouldBe(lower, 2e-3);
        interval.Upper.ShouldBe(upper, 2e-3);
        interval.AtMost.ShouldBe(atMost, 1e-2);
    }

    [Fact]
    public void PoissonInterval_of_no_event_claims_less_than_three_over_the_hours()
    {
        PoissonInterval.FromCount(0, 10).AtMost.ShouldBe(-Math.Log(0.05) / 10, 1e-9);
        PoissonInterval.FromCount(0, 10).AtMost.ShouldBeLessThan(0.3);
    }

    [Fact]
    public void PoissonInterval_of_many_events_is_the_normal_one() =>
        PoissonInterval.FromCount(100_000, 10).ShouldSatisfyAllConditions(
            interval => interval.Lower.ShouldBe(10_000 - (1.96 * 31.6), 1),
            interval => interval.Upper.ShouldBe(10_000 + (1.96 * 31.6), 1));

    [Fact]
    public void PoissonInterval_without_hours_says_nothing() => PoissonInterval.FromCount(0, 0).Upper.ShouldBe(double.PositiveInfinity);
}

using Mingling.Audio;
using Mingling.Serving.Sound;

namespace Mingling.Serving.Tests.Sound;

public class UsableRateTests
{
    [Theory]
    [InlineData(8000)]
    [InlineData(11_025)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(32_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    [InlineData(192_000)]
    [InlineData(384_000)]
    public void Usual_rates_are_taken_as_they_are(int rate) => UsableRate.Nearest(rate, 16_000).ShouldBe(rate);

    [Fact]
    public void Every_rate_has_a_near_one_with_a_small_filter()
    {
        for (int rate = SampleRates.Lowest; rate <= SampleRates.Highest; rate = rate < 1100 ? rate + 1 : (rate * 17 / 16) + 1)
        {
            int usable = UsableRate.Nearest(rate, 16_000);
            SampleRates.Include(usable).ShouldBeTrue();
            ((double)Math.Abs(usable - rate) / rate).ShouldBeLessThan(0.0025);
        }
    }
}

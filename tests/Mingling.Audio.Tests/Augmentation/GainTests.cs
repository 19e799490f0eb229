namespace Mingling.Audio.Tests.Augmentation;

public class GainTests
{
    [Fact]
    public void Gain_of_20_d_b_is_tenfold()
    {
        float[] samples = [0.1f, -0.05f];

        Gain.Scale(samples, 20);

        samples.ShouldBe([1, -0.5f], 1e-6f);
    }

    [Fact]
    public void Gain_is_drawn_from_its_range_and_applied()
    {
        var gain = new Gain(-6, 3);
        var random = new Random(2);
        var drawn = new List<double>();
        for (int i = 0; i < 500; i++)
        {
            float[] samples = [1];
            drawn.Add(gain.Apply(samples, random));
            (20 * Math.Log10(samples[0])).ShouldBe(drawn[^1], 1e-5);
        }

        drawn.Min().ShouldBeInRange(-6, -5.8);
        drawn.Max().ShouldBeInRange(2.8, 3);
    }

    [Fact]
    public void Gain_reversed_range_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new Gain(3, -3));
}

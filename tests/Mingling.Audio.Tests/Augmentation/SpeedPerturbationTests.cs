namespace Mingling.Audio.Tests.Augmentation;

public class SpeedPerturbationTests
{
    private const int Rate = 16000;

    [Theory]
    [InlineData(0.85)]
    [InlineData(0.9)]
    [InlineData(1.0)]
    [InlineData(1.15)]
    [InlineData(2.0)]
    public void SpeedPerturbation_factor_scales_frequency_and_length(double factor)
    {
        float[] faster = new SpeedPerturbation(factor).Apply(Signals.Sine(500, Rate, Rate), new Random(1));

        faster.Length.ShouldBe((int)Math.Ceiling(Rate / factor - 1e-9));
        float[] expected = Signals.Sine(500 * factor, Rate, faster.Length);
        for (int i = 50; i < faster.Length - 50; i++)
            faster[i].ShouldBe(expected[i], 3e-3f, $"sample {i}");
    }

    [Fact]
    public void SpeedPerturbation_every_factor_is_drawn()
    {
        var perturbation = new SpeedPerturbation(0.9, 1, 1.1);
        var random = new Random(1);

        Enumerable.Range(0, 100).Select(_ => perturbation.Apply(new float[990], random).Length).Distinct().Order().ShouldBe([900, 990, 1100]);
    }

    [Fact]
    public void SpeedPerturbation_window_keeps_its_length()
    {
        float[] clip = Signals.Noise(1000, seed: 1);
        var perturbation = new SpeedPerturbation(0.8, 1.25);
        float[] expected = new float[1000];
        ClipLength.Fit(perturbation.Apply(clip, new Random(4)), expected);
        float[] actual = new float[1000];
        Array.Fill(actual, float.NaN);

        perturbation.Apply(clip, actual, new Random(4)).ShouldBeOneOf(0.8, 1.25);

        actual.ShouldBe(expected);
    }

    [Fact]
    public void SpeedPerturbation_range_has_evenly_spaced_factors()
    {
        var perturbation = SpeedPerturbation.Between(0.85, 1.15, count: 4);
        var random = new Random(1);

        Enumerable.Range(0, 200).Select(_ => perturbation.Apply(new float[10], new float[10], random)).Distinct().Order()
            .ShouldBe([0.85, 0.95, 1.05, 1.15]);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(5)]
    [InlineData(double.NaN)]
    public void SpeedPerturbation_factor_out_of_range_is_refused(double factor) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SpeedPerturbation(1, factor));

    [Fact]
    public void SpeedPerturbation_without_a_factor_is_refused() => Should.Throw<ArgumentException>(() => new SpeedPerturbation([]));
}

namespace Mingling.Audio.Tests.Augmentation;

public class BiquadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_cascade_gives_what_the_filters_give_one_after_the_other_bit_for_bit(int count)
    {
        Biquad[] cascade = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Biquad.Peak(0.1 + (0.08 * i), 0.7 + i, 6 - (2 * i)) : Biquad.LowPass(0.9 - (0.1 * i), 0.7))];
        var random = new Random(count);
        float[] samples = [.. Enumerable.Range(0, 1001).Select(_ => random.NextSingle() - 0.5f)], alone = [.. samples];
        Biquad.Apply(cascade, samples);
        foreach (var filter in cascade) Naive(filter, alone);
        samples.ShouldBe(alone);
    }

    private static void Naive(Biquad filter, float[] samples)
    {
        double s1 = 0, s2 = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double x = samples[i], y = (filter.B0 * x) + s1;
            s1 = (filter.B1 * x) - (filter.A1 * y) + s2;
            s2 = (filter.B2 * x) - (filter.A2 * y);
            samples[i] = (float)y;
        }
    }
}

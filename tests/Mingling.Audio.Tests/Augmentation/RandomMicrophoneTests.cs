namespace Mingling.Audio.Tests.Augmentation;

public class RandomMicrophoneTests
{
    [Fact]
    public void Apply_gives_the_same_for_the_same_draw_and_finite_samples()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            float[] one = Noise(), other = Noise();
            new RandomMicrophone(16_000).Apply(one, new Random(seed));
            new RandomMicrophone(16_000).Apply(other, new Random(seed));
            one.ShouldBe(other);
            one.ShouldAllBe(sample => float.IsFinite(sample) && Math.Abs(sample) < 50);
        }
    }

    /// <summary>Over many microphones: the top of the band is weaker than its middle, which a flat noise has not.</summary>
    [Fact]
    public void Microphones_differ_and_many_have_no_high_frequencies()
    {
        int dull = 0, unlike = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            float[] samples = Noise();
            new RandomMicrophone(16_000).Apply(samples, new Random(seed));
            double ratio = Power(samples, 7600) / Power(samples, 1500);
            if (ratio < 0.05) dull++;
            if (Math.Abs(Math.Log(ratio)) > Math.Log(4)) unlike++;
        }
        dull.ShouldBeInRange(60, 200);
        unlike.ShouldBeGreaterThan(dull);
    }

    [Fact]
    public void Silence_stays_silent()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            float[] silence = new float[400];
            new RandomMicrophone(8_000).Apply(silence, new Random(seed));
            silence.ShouldAllBe(sample => sample == 0);
        }
    }

    /// <summary>The power within 300 Hz about a frequency, by the plain sums of a Fourier transform.</summary>
    private static double Power(float[] samples, double hertz)
    {
        double power = 0;
        for (double f = hertz - 300; f <= hertz + 300; f += 20)
        {
            double re = 0, im = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                re += samples[i] * Math.Cos(2 * Math.PI * f * i / 16_000);
                im += samples[i] * Math.Sin(2 * Math.PI * f * i / 16_000);
            }
            power += (re * re) + (im * im);
        }
        return power;
    }

    private static float[] Noise()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 1600).Select(_ => random.NextSingle() - 0.5f)];
    }
}

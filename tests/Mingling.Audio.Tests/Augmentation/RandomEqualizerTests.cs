namespace Mingling.Audio.Tests.Augmentation;

public class RandomEqualizerTests
{
    [Fact]
    public void Apply_gives_the_same_for_the_same_draw_and_another_for_another()
    {
        float[] one = Impulse(), same = Impulse(), other = Impulse();
        var equalizer = new RandomEqualizer(16_000, hills: 4, decibels: 12);
        equalizer.Apply(one, new Random(1));
        equalizer.Apply(same, new Random(1));
        equalizer.Apply(other, new Random(2));
        one.ShouldBe(same);
        one.ShouldNotBe(other);
    }

    /// <summary>A hill is as high as was drawn, in its middle: the response there is within the range, and near 1 far from all hills.</summary>
    [Fact]
    public void No_frequency_changes_by_more_than_all_hills_together()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            float[] response = Impulse();
            new RandomEqualizer(16_000, hills: 2, decibels: 10).Apply(response, new Random(seed));
            for (double hertz = 100; hertz < 8000; hertz *= 1.4)
            {
                double re = 0, im = 0;
                for (int i = 0; i < response.Length; i++)
                {
                    re += response[i] * Math.Cos(2 * Math.PI * hertz * i / 16_000);
                    im += response[i] * Math.Sin(2 * Math.PI * hertz * i / 16_000);
                }
                (10 * Math.Log10((re * re) + (im * im))).ShouldBeInRange(-20.1, 20.1);
            }
        }
    }

    [Fact]
    public void No_height_leaves_the_clip_as_it_is()
    {
        float[] clip = Impulse();
        new RandomEqualizer(8000, hills: 3, decibels: 0).Apply(clip, new Random(1));
        clip.Zip(Impulse()).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RandomEqualizer(0, 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new RandomEqualizer(8000, 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new RandomEqualizer(8000, 1, -1));
    }

    private static float[] Impulse()
    {
        float[] samples = new float[4000];
        samples[0] = 1;
        return samples;
    }
}

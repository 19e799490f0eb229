using CsCheck;

namespace Mingling.Audio.Tests.Augmentation;

public class NoiseMixerTests
{
    [Fact]
    public void NoiseMixer_measured_ratio_is_the_drawn_one() =>
        Gen.Select(Gen.Int[100, 3000], Gen.Int[1, 5000], Gen.Double[-10, 40], Gen.Int).Sample((length, noiseLength, snrDb, seed) =>
        {
            float[] clean = Signals.Sine(440, 16000, length);
            float[] mixed = [.. clean];
            var mixer = new NoiseMixer([new AudioClip(Signals.Noise(noiseLength, seed), 16000)], snrDb, snrDb);

            double drawn = mixer.Apply(mixed, new Random(seed));

            float[] added = [.. mixed.Zip(clean, (with, without) => with - without)];
            double measured = 10 * Math.Log10(Signals.Power(clean) / Signals.Power(added));
            drawn.ShouldBe(snrDb, 1e-9);
            measured.ShouldBe(snrDb, 1e-2);
        });

    [Fact]
    public void NoiseMixer_ratio_stays_in_its_range_and_reaches_into_all_of_it()
    {
        var mixer = new NoiseMixer([new AudioClip(Signals.Noise(50, seed: 1), 8000)], 5, 30);
        var random = new Random(1);

        double[] ratios = [.. Enumerable.Range(0, 500).Select(_ => mixer.Apply(new float[10], random))];

        ratios.Min().ShouldBeInRange(5, 6);
        ratios.Max().ShouldBeInRange(29, 30);
    }

    [Fact]
    public void NoiseMixer_short_noise_goes_round()
    {
        float[] samples = [1, 1, 1, 1, 1];

        NoiseMixer.Mix(samples, [2, 0, 0], place: 2, snrDb: 0);

        // Two of five samples hold noise; with the clip's power of 1 each is √(5/2).
        float noise = MathF.Sqrt(2.5f);
        samples.ShouldBe([1, 1 + noise, 1, 1, 1 + noise], 1e-6f);
    }

    [Fact]
    public void NoiseMixer_long_noise_is_met_at_every_place()
    {
        float[] ramp = [1, 2, 3, 4];
        var mixer = new NoiseMixer([new AudioClip(ramp, 8000)], 0, 0);
        var random = new Random(5);
        var ratios = new HashSet<double>();
        for (int i = 0; i < 100; i++)
        {
            float[] samples = [1, 1];
            mixer.Apply(samples, random);
            ratios.Add(Math.Round((samples[1] - 1) / (samples[0] - 1), 3));
        }

        ratios.Order().ShouldBe([1.333, 1.5, 2]);
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(1f, 0f)]
    public void NoiseMixer_silent_clip_or_noise_changes_nothing(float sample, float noise)
    {
        float[] samples = [sample, sample, sample];

        NoiseMixer.Mix(samples, [noise], place: 0, snrDb: 10);

        samples.ShouldBe([sample, sample, sample]);
    }

    [Fact]
    public void NoiseMixer_faintest_noise_is_scaled_without_overflow()
    {
        float[] samples = [1, -1];

        NoiseMixer.Mix(samples, [1e-44f], place: 0, snrDb: 0);

        samples.ShouldBe([2, 0], 1e-6f);
    }

    [Fact]
    public void NoiseMixer_same_seed_gives_the_same_samples()
    {
        var mixer = new NoiseMixer([new AudioClip(Signals.Noise(900, 1), 8000), new AudioClip(Signals.Noise(20, 2), 8000)], 0, 20);

        Mixed(mixer, seed: 7).ShouldBe(Mixed(mixer, seed: 7));
        Mixed(mixer, seed: 7).ShouldNotBe(Mixed(mixer, seed: 8));
    }

    [Fact]
    public void NoiseMixer_empty_clip_stays_empty() =>
        Should.NotThrow(() => new NoiseMixer([new AudioClip([1], 8000)], 0, 0).Apply([], new Random(1)));

    [Fact]
    public void NoiseMixer_wrong_parameters_are_refused()
    {
        var noise = new AudioClip([1], 8000);

        Should.Throw<ArgumentException>(() => new NoiseMixer([], 0, 10));
        Should.Throw<ArgumentException>(() => new NoiseMixer([new AudioClip([], 8000)], 0, 10));
        Should.Throw<ArgumentException>(() => new NoiseMixer([noise, new AudioClip([1], 16000)], 0, 10)).Message.ShouldContain("8000 and 16000");
        Should.Throw<ArgumentOutOfRangeException>(() => new NoiseMixer([noise], 10, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => NoiseMixer.Mix([1], [1], place: 1, snrDb: 0));
    }

    private static float[] Mixed(NoiseMixer mixer, int seed)
    {
        float[] samples = Signals.Sine(300, 8000, 400);
        mixer.Apply(samples, new Random(seed));
        return samples;
    }
}

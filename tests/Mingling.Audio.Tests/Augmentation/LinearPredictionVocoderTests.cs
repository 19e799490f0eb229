namespace Mingling.Audio.Tests.Augmentation;

public class LinearPredictionVocoderTests
{
    private const int Rate = 16_000;

    [Fact]
    public void A_vowel_keeps_its_formants_and_its_level_and_gets_another_pitch()
    {
        float[] vowel = Vowel(120, 700, 1300);
        for (int seed = 0; seed < 8; seed++)
        {
            float[] said = new LinearPredictionVocoder(Rate).Apply(vowel, new Random(seed));
            said.Length.ShouldBe(vowel.Length);
            Power(said, 1600, 14_400).ShouldBe(Power(vowel, 1600, 14_400), 0.25 * Power(vowel, 1600, 14_400));
            // Near the formants lies more than between and above them, as in the vowel.
            foreach (float[] sound in new[] { vowel, said })
            {
                double first = Band(sound, 700), second = Band(sound, 1300), above = Band(sound, 3500);
                first.ShouldBeGreaterThan(10 * above);
                second.ShouldBeGreaterThan(5 * above);
            }
        }
        double own = Similarity(vowel, Rate / 120);
        own.ShouldBeGreaterThan(0.95);
        Enumerable.Range(0, 8).Count(seed => Similarity(new LinearPredictionVocoder(Rate).Apply(vowel, new Random(seed)), Rate / 120) < 0.6).ShouldBeGreaterThan(4);
    }

    [Fact]
    public void The_same_seed_says_the_same_and_another_something_else()
    {
        var vocoder = new LinearPredictionVocoder(Rate);
        float[] vowel = Vowel(150, 500, 1800), first = vocoder.Apply(vowel, new Random(1));
        vocoder.Apply(vowel, new Random(1)).ShouldBe(first);
        vocoder.Apply(vowel, new Random(2)).ShouldNotBe(first);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16_000)]
    [InlineData(48_000)]
    public void Any_sound_gives_finite_sound_and_silence_stays_silence(int rate)
    {
        var vocoder = new LinearPredictionVocoder(rate);
        var random = new Random(3);
        float[] click = new float[rate];
        click[rate / 2] = 1;
        foreach (float[] sound in new[] { [], [0.5f], new float[rate], click, [.. Enumerable.Range(0, rate).Select(_ => random.NextSingle() - 0.5f)], [.. Enumerable.Repeat(1f, rate)], [.. Enumerable.Range(0, rate).Select(i => MathF.Sin(i * 0.3f))] })
        {
            float[] said = vocoder.Apply(sound, random);
            said.Length.ShouldBe(sound.Length);
            said.ShouldAllBe(sample => float.IsFinite(sample) && Math.Abs(sample) < 100);
            if (sound.All(sample => sample == 0)) said.ShouldAllBe(sample => sample == 0);
        }
        Should.Throw<ArgumentOutOfRangeException>(() => new LinearPredictionVocoder(1999));
        Should.Throw<ArgumentNullException>(() => vocoder.Apply(click, null!));
    }

    /// <summary>Pulses through two resonances.</summary>
    private static float[] Vowel(double pitch, double first, double second)
    {
        double[] sound = new double[Rate];
        double phase = 0;
        for (int i = 0; i < Rate; i++)
        {
            phase += pitch / Rate;
            if (phase < 1) continue;
            phase -= 1;
            sound[i] = 1;
        }
        foreach (double formant in new[] { first, second })
        {
            double radius = Math.Exp(-Math.PI * 90 / Rate), turn = 2 * radius * Math.Cos(2 * Math.PI * formant / Rate);
            for (int i = 2; i < Rate; i++) sound[i] += turn * sound[i - 1] - radius * radius * sound[i - 2];
        }
        double peak = sound.Max(Math.Abs);
        return [.. sound.Select(sample => (float)(0.5 * sample / peak))];
    }

    private static double Power(float[] sound, int from, int end) => sound[from..end].Sum(sample => (double)sample * sample) / (end - from);

    /// <summary>The power within 100 Hz of a frequency, by its Fourier coefficients.</summary>
    private static double Band(float[] sound, double hertz)
    {
        double sum = 0;
        for (double f = hertz - 100; f <= hertz + 100; f += 4)
        {
            double re = 0, im = 0;
            for (int i = 4000; i < 12_000; i++)
            {
                re += sound[i] * Math.Cos(2 * Math.PI * f * i / Rate);
                im += sound[i] * Math.Sin(2 * Math.PI * f * i / Rate);
            }
            sum += re * re + im * im;
        }
        return sum;
    }

    private static double Similarity(float[] sound, int lag)
    {
        double both = 0, power = 0;
        for (int i = 4000; i < 12_000; i++)
        {
            both += sound[i] * sound[i - lag];
            power += sound[i] * sound[i];
        }
        return both / power;
    }
}

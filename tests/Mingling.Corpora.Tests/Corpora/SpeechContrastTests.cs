using CsCheck;
using Mingling.Audio;
using Mingling.Corpora.Inspection;

namespace Mingling.Corpora.Tests;

public class SpeechContrastTests
{
    private const int Rate = 16000;

    [Fact]
    public void Silence_and_what_is_too_short_to_say_anything_have_none()
    {
        SpeechContrast.Measure(new float[Rate], Rate).ShouldBe(0);
        SpeechContrast.Measure([.. Enumerable.Repeat(0.3f, Rate)], Rate).ShouldBe(0, "a constant offset cannot be heard");
        SpeechContrast.Measure(Noise(1, Rate, 1e-5f), Rate).ShouldBe(0);
        SpeechContrast.Measure(Noise(1, Rate / 50, 0.5f), Rate).ShouldBe(0);
        SpeechContrast.Measure([0.5f], Rate).ShouldBe(0);
    }

    [Fact]
    public void Steady_noise_has_little_at_any_level_and_between_zeros() => Gen.Select(Gen.Int, Gen.Float[0.01f, 1]).Sample((seed, level) =>
    {
        float[] noise = Noise(seed, Rate, level);
        SpeechContrast.Measure(noise, Rate).ShouldBeLessThan(SpeechContrast.SteadyDb / 2);
        SpeechContrast.Measure([.. new float[Rate / 3], .. noise, .. new float[Rate / 3]], Rate).ShouldBeLessThan(SpeechContrast.SteadyDb / 2);
    }, iter: 30);

    [Theory]
    [InlineData("stop")]
    [InlineData("no")]
    [InlineData("听")]
    public void Word_stands_out_alone_and_in_mild_noise(string word)
    {
        foreach (string file in SampleClips.Of(word))
        {
            float[] spoken = AudioFile.Read(file, Rate).Samples;
            SpeechContrast.Measure(spoken, Rate).ShouldBeGreaterThan(SpeechContrast.SteadyDb, file);
            float level = (float)Math.Sqrt(spoken.Average(sample => sample * sample));
            // 20 dB below the word.
            float[] noise = Noise(file.Length, spoken.Length, 0.1f * level * (float)Math.Sqrt(3));
            SpeechContrast.Measure([.. spoken.Zip(noise, (s, n) => s + n)], Rate).ShouldBeGreaterThan(SpeechContrast.SteadyDb, file);
        }
    }

    private static float[] Noise(int seed, int length, float level)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => level * (2 * random.NextSingle() - 1))];
    }
}

using CsCheck;
using Mingling.Corpora.Inspection;

namespace Mingling.Corpora.Tests;

public class WaveformCorrelationTests
{
    private const int Rate = WaveformCorrelation.SampleRate;

    [Fact]
    public void Correlation_of_sounds_of_the_band_is_that_of_their_samples() =>
        Gen.Select(Gen.Int, Gen.Int[400, 900], Gen.Int[400, 900]).Sample((seed, m, n) =>
        {
            var random = new Random(seed);
            float[] first = Sines(random, m), second = Sines(random, n);
            var (correlation, lag) = new WaveformCorrelation().Of(first, second);
            double[] all = [.. Enumerable.Range(-m, m + n + 1).Select(at => Naive(first, second, at))];
            // What leaks out of the band at the ends is left out of one and not of the other.
            correlation.ShouldBe(all.Max(), 0.02);
            Naive(first, second, lag).ShouldBe(all.Max(), 0.03);
        }, iter: 10);

    [Fact]
    public void Copies_are_told_at_any_level_and_lag_and_upside_down()
    {
        float[] word = SampleClips.Read("stop/f5_1", Rate);
        var correlation = new WaveformCorrelation();
        correlation.Of(word, [.. word.Select(sample => 0.02f * sample)]).ShouldSatisfyAllConditions(
            found => found.Correlation.ShouldBe(1, 1e-3), found => found.Lag.ShouldBe(0));
        correlation.Of(word, [.. new float[240], .. word]).ShouldSatisfyAllConditions(
            found => found.Correlation.ShouldBe(1, 1e-3), found => found.Lag.ShouldBe(240));
        correlation.Of([.. new float[5000], .. word], [.. word.Select(sample => -sample)]).ShouldSatisfyAllConditions(
            found => found.Correlation.ShouldBe(1, 1e-3), found => found.Lag.ShouldBe(-5000));
    }

    [Fact]
    public void Hum_and_silence_have_nothing_in_common_with_anything()
    {
        float[] hum = [.. Enumerable.Range(0, Rate).Select(i => 0.3f * (float)Math.Sin(2 * Math.PI * 50 * i / Rate))];
        var random = new Random(1);
        float[] Noisy() => [.. hum.Select(sample => sample + 0.05f * (random.NextSingle() - 0.5f))];
        var correlation = new WaveformCorrelation();
        correlation.Of(Noisy(), Noisy()).Correlation.ShouldBeLessThan(0.9);
        correlation.Of(hum, new float[Rate]).ShouldBe((0, 0));
        correlation.Of([0], [0]).ShouldBe((0, 0));
    }

    [Fact]
    public void Takes_of_a_word_by_one_speaker_are_no_copies()
    {
        var correlation = new WaveformCorrelation();
        string[] words = ["go", "stop", "start", "lower", "上楼", "下楼", "停"];
        int pairs = 0;
        foreach (string file in words.SelectMany(SampleClips.Of).Where(file => file.EndsWith("_2.wav", StringComparison.Ordinal)))
        {
            string take = Path.GetFileName(Path.GetDirectoryName(file))! + "/" + Path.GetFileNameWithoutExtension(file);
            float[] second = SampleClips.Read(take, Rate), first = SampleClips.Read(take[..^1] + "1", Rate);
            correlation.Of(first, second).Correlation.ShouldBeLessThan(WaveformCorrelation.LeastOfCopies, take);
            pairs++;
        }
        pairs.ShouldBeGreaterThan(20);
    }

    private static float[] Sines(Random random, int length)
    {
        var sines = Enumerable.Range(0, 8).Select(_ => (Frequency: 300 + 3000 * random.NextDouble(), Phase: 6.3 * random.NextDouble())).ToArray();
        return [.. Enumerable.Range(0, length).Select(i =>
        {
            // A taper keeps the sines within the band.
            double taper = Math.Sin(Math.PI * (i + 0.5) / length);
            return (float)(taper * taper * sines.Sum(sine => Math.Sin(2 * Math.PI * sine.Frequency * i / Rate + sine.Phase)));
        })];
    }

    private static double Naive(float[] first, float[] second, int lag)
    {
        double sum = 0;
        for (int i = Math.Max(0, -lag); i < first.Length && i + lag < second.Length; i++) sum += (double)first[i] * second[i + lag];
        return Math.Abs(sum) / Math.Sqrt(first.Sum(x => (double)x * x) * second.Sum(x => (double)x * x));
    }
}

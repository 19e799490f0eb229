namespace Mingling.Audio.Tests;

public class GoldenFeatureTests
{
    [Theory]
    [InlineData("kaldi_fbank")]
    [InlineData("kaldi_mfcc")]
    [InlineData("mel_power")]
    [InlineData("mfcc_log")]
    public void Golden_features_agree_with_torchaudio(string feature)
    {
        GoldenCase[] cases = [.. Cases().Where(golden => golden.Text("feature") == feature)];
        cases.ShouldNotBeEmpty();
        cases.SelectMany(Faults).ShouldBeEmpty();
    }

    [Fact]
    public void Golden_cases_are_all_of_known_features() =>
        Cases().Select(golden => golden.Text("feature")).Distinct()
            .ShouldBeSubsetOf(["kaldi_fbank", "kaldi_mfcc", "mel_power", "mfcc_log"]);

    private static IEnumerable<GoldenCase> Cases() => GoldenFiles.Cases("feature", "signal", "params", "frames");

    private static IEnumerable<string> Faults(GoldenCase golden)
    {
        var feature = new GoldenFeature(golden);
        float[][] actual = feature.Compute(), filters = feature.ComputeFilters();
        if (actual.Length != feature.Expected.Length)
        {
            yield return $"{golden}: {actual.Length} frames instead of {feature.Expected.Length}";
            yield break;
        }

        for (int t = 0; t < actual.Length; t++)
        {
            actual[t].Length.ShouldBe(feature.Expected[t].Length, $"{golden}: bins");
            double[] tolerances = Tolerances(feature, filters[t]);
            for (int i = 0; i < actual[t].Length; i++)
            {
                double difference = Math.Abs((double)actual[t][i] - feature.Expected[t][i]);
                if (!(difference <= tolerances[i]))
                    yield return $"{golden} frame {t} bin {i}: {actual[t][i]} instead of {feature.Expected[t][i]} ± {tolerances[i]:G2}";
            }
        }
    }

    private static double[] Tolerances(GoldenFeature feature, float[] filters)
    {
        const double logEnergy = 1e-4; // a sum of squares has no weak bins
        var settings = feature.Settings;
        double[] values = settings.Cepstra > 0 ? GoldenTolerance.OfCepstra(settings, filters) : GoldenTolerance.OfFilters(settings, filters);
        if (!settings.UseEnergy) return values;
        double[] others = settings.Cepstra == 0 ? values : settings.EnergyLast ? values[..^1] : values[1..];
        return settings.EnergyLast ? [.. others, logEnergy] : [logEnergy, .. others];
    }
}

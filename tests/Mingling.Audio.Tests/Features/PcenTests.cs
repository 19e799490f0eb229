namespace Mingling.Audio.Tests;

public class PcenTests
{
    [Fact]
    public void Pcen_equals_its_definition_in_double()
    {
        var settings = FeatureSettings.Pcen40 with { MelBins = 43 };
        float[] clip = TestSignals.Noise(16000);
        for (int n = 0; n < clip.Length; n++) clip[n] *= n < 6000 ? 1e-4f : 0.5f;
        float[] energies = new FeatureExtractor(settings with { Compression = FeatureCompression.None }).Compute(clip);
        float[] actual = new FeatureExtractor(settings).Compute(clip);
        const double s = 0.025, alpha = 0.98, delta = 2, r = 0.5, epsilon = 1e-6;
        for (int bin = 0; bin < 43; bin++)
        {
            double smoothed = energies[bin];
            for (int i = bin; i < actual.Length; i += 43)
            {
                smoothed = ((1 - s) * smoothed) + (s * energies[i]);
                double expected = Math.Pow((energies[i] / Math.Pow(epsilon + smoothed, alpha)) + delta, r) - Math.Pow(delta, r);
                ((double)actual[i]).ShouldBe(expected, 1e-6 + (3e-6 * expected));
            }
        }
    }

    [Fact]
    public void Pcen_of_one_clip_does_not_remember_the_last_one()
    {
        var extractor = new FeatureExtractor(FeatureSettings.Pcen40);
        float[] clip = TestSignals.Noise(4000), first = extractor.Compute(clip);
        extractor.Compute(TestSignals.Noise(9000, seed: 2));
        extractor.Compute(clip).ShouldBe(first);
    }
}

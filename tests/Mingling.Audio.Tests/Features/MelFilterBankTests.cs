namespace Mingling.Audio.Tests;

public class MelFilterBankTests
{
    [Fact]
    public void MelFilterBank_of_unit_height_adds_up_to_one_between_the_outer_centers()
    {
        var bank = new MelFilterBank(FeatureSettings.LogMel40 with { FftSize = 4096 });
        for (int k = 100; k < 1900; k++)
            Enumerable.Range(0, 40).Sum(m => bank.Weight(m, k)).ShouldBe(1f, 1e-5f);
    }

    [Fact]
    public void MelFilterBank_normalized_by_area_has_filters_of_area_one()
    {
        var settings = FeatureSettings.LogMel40 with { MelScale = MelScale.Slaney, MelNorm = MelNorm.Slaney, FftSize = 65536 };
        var bank = new MelFilterBank(settings);
        for (int m = 0; m < 40; m++)
            (Enumerable.Range(0, 32769).Sum(k => (double)bank.Weight(m, k)) * 16000 / 65536).ShouldBe(1, 1e-3);
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.25)]
    public void MelFilterBank_with_a_warp_moves_the_peaks_by_the_factor(double factor)
    {
        var settings = FeatureSettings.LogMel40 with { FftSize = 65536 };
        MelFilterBank plain = new(settings), warped = new(settings with { WarpFactor = factor });
        for (int m = 5; m < 30; m++) Peak(warped, m).ShouldBe(Peak(plain, m) / factor, 1);

        static double Peak(MelFilterBank bank, int m) => Enumerable.Range(0, 32769).MaxBy(k => bank.Weight(m, k));
    }

    [Fact]
    public void MelFilterBank_with_filters_narrower_than_a_bin_leaves_them_empty()
    {
        float[] features = new FeatureExtractor(FeatureSettings.LogMel40 with { MelBins = 200 }).Compute(TestSignals.Noise(480));
        features.ShouldAllBe(value => float.IsFinite(value));
        features[..20].ShouldContain(MathF.Log(1e-6f));
    }
}

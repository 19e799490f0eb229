using System.Text.Json;

namespace Mingling.Audio.Tests;

public class GoldenMappingTests
{
    [Fact]
    public void Golden_case_with_an_unknown_parameter_fails_loudly()
    {
        Should.Throw<ShouldAssertException>(() => Read("mel_power", """{ "n_fft": 512, "hop": 160 }""")).Message.ShouldContain("hop");
        Should.Throw<ShouldAssertException>(() => Read("mel_power", """{ "pad_mode": "circular" }""")).Message.ShouldContain("circular");
        Should.Throw<ShouldAssertException>(() => Read("kaldi_fbank", """{ "dither": 1.0 }""")).Message.ShouldContain("dither");
        Should.Throw<NotSupportedException>(() => Read("mel_power", """{ "norm": "l1" }""")).Message.ShouldContain("l1");
        Should.Throw<NotSupportedException>(() => Read("plp", "{}")).Message.ShouldContain("plp");
    }

    [Fact]
    public void Golden_case_in_decibels_is_limited_to_the_range_below_the_loudest()
    {
        var feature = Read("mfcc_log", """{ "log_mels": false, "n_mfcc": 13, "n_mels": 40, "n_fft": 512, "win_length": 480, "hop_length": 160 }""");
        float[][] frames = feature.Compute(), unlimited = feature.ComputeFilters();
        (frames.Length, frames[0].Length).ShouldBe((unlimited.Length, 13));
        float floor = unlimited.Max(row => row.Max()) - 80;
        frames[0][0].ShouldBe(unlimited[0].Select(x => Math.Max(x, floor)).Sum() / MathF.Sqrt(40), 1e-2f);
    }

    [Theory]
    [InlineData("""{ "use_energy": true }""", 14)]
    [InlineData("""{ "use_energy": true, "htk_compat": true, "raw_energy": false, "energy_floor": 0.0 }""", 14)]
    [InlineData("""{ "subtract_mean": true, "window_type": "blackman", "round_to_power_of_two": false, "use_log_fbank": false, "use_power": false }""", 13)]
    public void Golden_Kaldi_parameters_are_all_mapped(string parameters, int bins)
    {
        var feature = Read("kaldi_fbank", parameters.Replace("{", """{ "num_mel_bins": 13,"""));
        feature.Compute()[0].Length.ShouldBe(bins);
    }

    private static GoldenFeature Read(string feature, string parameters)
    {
        string json = $$"""{ "feature": "{{feature}}", "signal": "chirp", "params": {{parameters}}, "frames": [[0]] }""";
        using var document = JsonDocument.Parse(json);
        return new GoldenFeature(new GoldenCase(Path.Combine(AppContext.BaseDirectory, "Golden", "features.json"), 0, document.RootElement.Clone()));
    }
}

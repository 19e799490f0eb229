using System.Text.Json;

namespace Mingling.Audio.Tests;

public class FeatureSettingsTests
{
    [Theory]
    [MemberData(nameof(TestSignals.Presets), MemberType = typeof(TestSignals))]
    public void FeatureSettings_written_as_JSON_read_back_equal(string preset)
    {
        var settings = FeatureSettings.FromName(preset) with { WarpFactor = 1.1, LowHz = 33.3 };
        string json = FeatureSettingsJson.Write(settings);
        FeatureSettingsJson.Read(json).ShouldBe(settings);
        json.ShouldContain($"\"Alignment\": \"{settings.Alignment}\"");
    }

    [Fact]
    public void FeatureSettings_in_JSON_with_unknown_or_wrong_properties_are_refused()
    {
        Should.Throw<JsonException>(() => FeatureSettingsJson.Read("""{ "MelBinz": 40 }""")).Message.ShouldContain("MelBinz");
        Should.Throw<JsonException>(() => FeatureSettingsJson.Read("null"));
        Should.Throw<ArgumentException>(() => FeatureSettingsJson.Read("""{ "MelBins": 0 }""")).Message.ShouldContain("MelBins 0");
        Should.Throw<ArgumentException>(() => FeatureSettingsJson.Read("""{ "Pcen": null }""")).Message.ShouldContain("Pcen is missing");
    }

    [Fact]
    public void FeatureSettings_with_several_faults_name_all_of_them()
    {
        var wrong = new FeatureSettings
        {
            SampleRate = 1,
            WindowSamples = 600,
            HopSamples = 0,
            PreEmphasis = double.NaN,
            SpectrumExponent = 3,
            MelBins = 0,
            HighHz = 9000,
            WarpFactor = 3,
            LogOffset = 0,
            Cepstra = 41,
            Compression = FeatureCompression.Pcen,
            Window = (WindowShape)99,
            Pcen = new PcenSettings { Smoothing = 0 },
        };
        string message = Should.Throw<ArgumentException>(() => new FeatureExtractor(wrong)).Message;
        foreach (string fault in (string[])["SampleRate 1 ", "WindowSamples 600 ", "HopSamples 0 ", "PreEmphasis NaN ", "SpectrumExponent 3 ", "MelBins 0 ", "HighHz 9000 ", "WarpFactor 3 ", "LogOffset 0 ", "Cepstra 41 ", "Pcen normalises", "Window 99 ", "Pcen.Smoothing 0 "])
            message.ShouldContain(fault);
    }

    [Fact]
    public void FeatureSettings_whose_warp_bends_do_not_fit_are_refused()
    {
        var narrow = FeatureSettings.LogMel40 with { LowHz = 150 };
        narrow.Validate();
        Should.Throw<ArgumentException>(() => (narrow with { WarpFactor = 1.1 }).Validate()).Message.ShouldContain("WarpLowHz 100");
        (narrow with { WarpFactor = 1.1, WarpLowHz = 200 }).Validate();
    }

    [Fact]
    public void FeatureSettings_of_an_unknown_name_list_the_known_ones()
    {
        FeatureSettings.FromName("LogMel40").ShouldBe(FeatureSettings.LogMel40);
        string message = Should.Throw<ArgumentException>(() => FeatureSettings.FromName("mfcc41")).Message;
        foreach (string name in FeatureSettings.Names) message.ShouldContain(name);
    }

    [Fact]
    public void FeatureSettings_tell_times_in_milliseconds() =>
        (FeatureSettings.LogMel40.WindowMs, FeatureSettings.LogMel40.HopMs).ShouldBe((30.0, 10.0));
}

namespace Mingling.Audio;

/// <content>The named presets.</content>
public sealed partial record FeatureSettings
{
    /// <summary>30/10 ms Hann, centred with reflection, FFT 512, 40 HTK mel filters to 8 kHz, ln(x + 1e-6): 101 frames a second (BC-ResNet, Kim et al. 2021).</summary>
    public static FeatureSettings LogMel40 { get; } = new();

    /// <summary>30/10 ms Hann, whole windows only, 64 HTK mel filters 80…7600 Hz, 40 MFCC: 98 frames for one second (TC-ResNet, Choi et al. 2019).</summary>
    public static FeatureSettings Mfcc40 { get; } = new()
    {
        Alignment = FrameAlignment.SnipWindow,
        MelBins = 64,
        LowHz = 80,
        HighHz = 7600,
        Cepstra = 40,
    };

    /// <summary>As <see cref="LogMel40"/>, with per-channel energy normalisation instead of the logarithm (Wang et al. 2017).</summary>
    public static FeatureSettings Pcen40 { get; } = new() { Compression = FeatureCompression.Pcen };

    /// <summary>Kaldi's filter bank: 25/10 ms Povey, snip edges, DC removed, pre-emphasis 0.97, 16-bit scale, from 20 Hz, ln with floor; no dither.</summary>
    /// <param name="bins">The number of mel filters, customarily 40 or 80.</param>
    /// <exception cref="ArgumentException">The number is outside 1…1024.</exception>
    public static FeatureSettings Fbank(int bins)
    {
        var settings = new FeatureSettings
        {
            WindowSamples = 400,
            Window = WindowShape.Povey,
            Alignment = FrameAlignment.SnipWindow,
            ScaleToInt16 = true,
            RemoveDcOffset = true,
            PreEmphasis = 0.97,
            MelScale = MelScale.Kaldi,
            MelBins = bins,
            LowHz = 20,
            Compression = FeatureCompression.LogFloor,
        };
        settings.Validate();
        return settings;
    }

    /// <summary>The preset of a name; capitals do not matter.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">No preset has the name; the message lists those that exist.</exception>
    public static FeatureSettings FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach ((string known, var settings) in Presets)
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase)) return settings;
        throw new ArgumentException($"There are no features named '{name}'; known are {string.Join(", ", Names)}.", nameof(name));
    }

    private static readonly (string Name, FeatureSettings Settings)[] Presets =
    [
        ("logmel40", LogMel40), ("mfcc40", Mfcc40), ("fbank40", Fbank(40)), ("fbank80", Fbank(80)), ("pcen40", Pcen40),
    ];

    /// <summary>The names that <see cref="FromName"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Presets.Select(preset => preset.Name)];
}

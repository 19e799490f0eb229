namespace Mingling.Audio.Tests;

/// <summary>Maps the parameters and defaults of torchaudio.compliance.kaldi to settings.</summary>
internal static class KaldiSettings
{
    public static FeatureSettings Fbank(GoldenParameters p, bool scaleToInt16)
    {
        int rate = p.Integer("sample_frequency", 16000);
        int window = (int)(rate * p.Number("frame_length", 25) * 0.001);
        p.Require("dither", p.Number("dither", 0), 0);
        p.Require("min_duration", p.Number("min_duration", 0), 0);
        p.Require("channel", p.Integer("channel", -1) <= 0, true);
        return new FeatureSettings
        {
            SampleRate = rate,
            WindowSamples = window,
            HopSamples = (int)(rate * p.Number("frame_shift", 10) * 0.001),
            FftSize = p.Flag("round_to_power_of_two", true) ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)window) : window,
            Window = Window(p.Text("window_type", "povey")),
            BlackmanCoefficient = p.Number("blackman_coeff", 0.42),
            Alignment = p.Flag("snip_edges", true) ? FrameAlignment.SnipWindow : FrameAlignment.CenteredKaldi,
            ScaleToInt16 = scaleToInt16,
            RemoveDcOffset = p.Flag("remove_dc_offset", true),
            PreEmphasis = p.Number("preemphasis_coefficient", 0.97),
            SpectrumExponent = p.Flag("use_power", true) ? 2 : 1,
            MelScale = MelScale.Kaldi,
            MelBins = p.Integer("num_mel_bins", 23),
            LowHz = p.Number("low_freq", 20),
            HighHz = p.Number("high_freq", 0),
            WarpFactor = p.Number("vtln_warp", 1),
            WarpLowHz = p.Number("vtln_low", 100),
            WarpHighHz = p.Number("vtln_high", -500),
            Compression = p.Flag("use_log_fbank", true) ? FeatureCompression.LogFloor : FeatureCompression.None,
            UseEnergy = p.Flag("use_energy", false),
            RawEnergy = p.Flag("raw_energy", true),
            EnergyFloor = p.Number("energy_floor", 1),
            EnergyLast = p.Flag("htk_compat", false),
        };
    }

    public static FeatureSettings Mfcc(GoldenParameters p, bool scaleToInt16) => Fbank(p, scaleToInt16) with
    {
        Cepstra = p.Integer("num_ceps", 13),
        Lifter = p.Number("cepstral_lifter", 22),
    };

    private static WindowShape Window(string? name) => name switch
    {
        "povey" => WindowShape.Povey,
        "hanning" => WindowShape.HannSymmetric,
        "hamming" => WindowShape.HammingSymmetric,
        "blackman" => WindowShape.BlackmanSymmetric,
        "rectangular" => WindowShape.Rectangular,
        _ => throw new NotSupportedException($"The window {name} is not known."),
    };
}

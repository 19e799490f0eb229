namespace Mingling.Audio.Tests;

/// <summary>Maps the parameters and defaults of torchaudio.transforms.MelSpectrogram and MFCC to settings.</summary>
internal static class TorchSettings
{
    public static FeatureSettings Mel(GoldenParameters p)
    {
        int fft = p.Integer("n_fft", 400), window = p.Integer("win_length", fft), rate = p.Integer("sample_rate", 16000);
        p.Require("pad_mode", p.Text("pad_mode", "reflect"), "reflect");
        p.Require("normalized", p.Flag("normalized", false), false);
        p.Require("onesided", p.Flag("onesided", true), true);
        return new FeatureSettings
        {
            SampleRate = rate,
            WindowSamples = window,
            HopSamples = p.Integer("hop_length", window / 2),
            FftSize = fft,
            Window = Window(p.Text("window", "hann_periodic")),
            Alignment = p.Flag("center", true) ? FrameAlignment.Centered : FrameAlignment.SnipFft,
            SpectrumExponent = p.Integer("power", 2),
            MelScale = p.Text("mel_scale", "htk") switch
            {
                "htk" => MelScale.Htk,
                "slaney" => MelScale.Slaney,
                string other => throw new NotSupportedException($"The mel scale {other} is not known."),
                null => throw new NotSupportedException("The mel scale is null."),
            },
            MelNorm = p.Text("norm", null) switch
            {
                null => MelNorm.None,
                "slaney" => MelNorm.Slaney,
                string other => throw new NotSupportedException($"The norm {other} is not known."),
            },
            MelBins = p.Integer("n_mels", 128),
            LowHz = p.Number("f_min", 0),
            HighHz = p.Number("f_max", rate / 2),
            Compression = FeatureCompression.None,
        };
    }

    public static FeatureSettings Mfcc(GoldenParameters p)
    {
        bool logMels = p.Flag("log_mels", false);
        p.Require("dct_type", p.Integer("dct_type", 2), 2);
        return Mel(p) with
        {
            Compression = logMels ? FeatureCompression.LogOffset : FeatureCompression.Decibels,
            LogOffset = 1e-6,
            LogFloor = 1e-10,
            Cepstra = p.Integer("n_mfcc", 40),
            CosineNorm = p.Text("dct_norm", "ortho") switch
            {
                "ortho" => CosineNorm.Orthonormal,
                null or "none" => CosineNorm.None,
                string other => throw new NotSupportedException($"The norm {other} is not known."),
            },
        };
    }

    private static WindowShape Window(string? name) => name switch
    {
        "hann_periodic" or "hann" => WindowShape.Hann,
        "hamming_periodic" or "hamming" => WindowShape.Hamming,
        "hann_symmetric" => WindowShape.HannSymmetric,
        "hamming_symmetric" => WindowShape.HammingSymmetric,
        "rectangular" or "ones" => WindowShape.Rectangular,
        _ => throw new NotSupportedException($"The window {name} is not known."),
    };
}

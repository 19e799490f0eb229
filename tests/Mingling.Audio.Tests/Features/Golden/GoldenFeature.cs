namespace Mingling.Audio.Tests;

/// <summary>
/// A reference case of features: our settings for it, and what the reference does to a whole clip outside of any frame
/// (zeros around the signal, a mean subtracted over the clip, a range below the loudest filter of the clip).
/// </summary>
internal sealed class GoldenFeature
{
    private const double TopDecibels = 80;

    private readonly float[] _samples;
    private readonly bool _subtractsMean;

    public GoldenFeature(GoldenCase golden)
    {
        var p = new GoldenParameters(golden.Values.GetProperty("params"));
        bool scaled = golden.Values.TryGetProperty("scaled_to_int16", out var value) && value.GetBoolean();
        Settings = golden.Text("feature") switch
        {
            "kaldi_fbank" => KaldiSettings.Fbank(p, scaled),
            "kaldi_mfcc" => KaldiSettings.Mfcc(p, scaled),
            "mel_power" => TorchSettings.Mel(p) with { ScaleToInt16 = scaled },
            "mfcc_log" => TorchSettings.Mfcc(p) with { ScaleToInt16 = scaled },
            string other => throw new NotSupportedException($"The feature {other} is not known."),
        };
        bool isKaldi = Settings.MelScale == MelScale.Kaldi;
        _subtractsMean = isKaldi && p.Flag("subtract_mean", false);
        int pad = isKaldi ? 0 : p.Integer("pad", 0);
        p.ShouldAllBeUsed();
        _samples = [.. new float[pad], .. golden.Signal.Samples, .. new float[pad]];
        Expected = [.. golden.Values.GetProperty("frames").EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetSingle()).ToArray())];
    }

    public FeatureSettings Settings { get; }

    public float[][] Expected { get; }

    /// <summary>Our values for the case.</summary>
    public float[][] Compute()
    {
        float[][] frames = Settings is { Compression: FeatureCompression.Decibels, Cepstra: > 0 }
            ? NaiveCosine(Limited(Extract(FilterSettings)))
            : Extract(Settings);
        return _subtractsMean ? WithoutMean(frames) : frames;
    }

    /// <summary>The features before the cosine transform.</summary>
    public float[][] ComputeFilters() => Extract(FilterSettings);

    private FeatureSettings FilterSettings => Settings with { Cepstra = 0, UseEnergy = false };

    private float[][] Extract(FeatureSettings settings)
    {
        var extractor = new FeatureExtractor(settings);
        return [.. extractor.Compute(_samples).Chunk(extractor.Bins)];
    }

    private static float[][] Limited(float[][] decibels)
    {
        float floor = decibels.Max(row => row.Max()) - (float)TopDecibels;
        return [.. decibels.Select(row => row.Select(x => Math.Max(x, floor)).ToArray())];
    }

    private float[][] NaiveCosine(float[][] rows) => [.. rows.Select(row => Enumerable.Range(0, Settings.Cepstra).Select(i =>
    {
        double scale = Settings.CosineNorm == CosineNorm.None ? 2 : Math.Sqrt((i == 0 ? 1.0 : 2.0) / row.Length);
        return (float)(scale * row.Select((x, m) => x * Math.Cos(Math.PI * i * (m + 0.5) / row.Length)).Sum());
    }).ToArray())];

    private static float[][] WithoutMean(float[][] rows)
    {
        double[] means = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(row => (double)row[i]))];
        return [.. rows.Select(row => row.Select((x, i) => (float)(x - means[i])).ToArray())];
    }
}

using System.Numerics;

namespace Mingling.Audio.Tests;

/// <summary>The front end again, in double and without any cleverness: a slow twin for log features and MFCC without energy.</summary>
internal static class NaiveFeatures
{
    public static IEnumerable<double[]> Compute(FeatureSettings s, float[] clip)
    {
        int frames = new FeatureExtractor(s).FrameCount(clip.Length);
        for (int t = 0; t < frames; t++)
        {
            double[] spectrum = Spectrum(Window(s, clip, t), s.FftSize, s.SpectrumExponent);
            double[] mel = Mel(s, spectrum);
            double[] log = [.. mel.Select(x => Math.Log(s.Compression == FeatureCompression.LogOffset ? x + s.LogOffset : Math.Max(x, s.LogFloor)))];
            yield return s.Cepstra == 0 ? log : [.. Enumerable.Range(0, s.Cepstra).Select(i =>
                Math.Sqrt((i == 0 ? 1.0 : 2.0) / log.Length) * log.Select((x, m) => x * Math.Cos(Math.PI * i * (m + 0.5) / log.Length)).Sum())];
        }
    }

    private static double[] Window(FeatureSettings s, float[] clip, int t)
    {
        int w = s.WindowSamples, start = (t * s.HopSamples) - (s.Alignment == FrameAlignment.Centered ? w / 2 : 0);
        double[] x = [.. Enumerable.Range(start, w).Select(i => (double)clip[i < 0 ? -i : i < clip.Length ? i : (2 * (clip.Length - 1)) - i])];
        if (s.ScaleToInt16) x = [.. x.Select(v => v * 32768)];
        if (s.RemoveDcOffset) x = [.. x.Select(v => v - x.Average())];
        x = [.. x.Select((v, n) => v - (s.PreEmphasis * x[Math.Max(n - 1, 0)]))];
        return [.. x.Select((v, n) => v * (s.Window == WindowShape.Hann
            ? 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / w))
            : Math.Pow(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / (w - 1))), 0.85)))];
    }

    private static double[] Spectrum(double[] x, int n, int exponent) => [.. Enumerable.Range(0, (n / 2) + 1).Select(k =>
    {
        Complex sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((k * i) % n) / n);
        return Math.Pow(sum.Magnitude, exponent);
    })];

    private static double[] Mel(FeatureSettings s, double[] spectrum)
    {
        double high = s.HighHz > 0 ? s.HighHz : (s.SampleRate / 2.0) + s.HighHz;
        double lowMel = ToMel(s.MelScale, s.LowHz), highMel = ToMel(s.MelScale, high);
        double[] edges = [.. Enumerable.Range(0, s.MelBins + 2).Select(i => Warp(s, ToHz(s.MelScale, lowMel + ((highMel - lowMel) * i / (s.MelBins + 1))), high))];
        return [.. Enumerable.Range(0, s.MelBins).Select(m => spectrum.Select((p, k) => p * Weight(s, edges[m], edges[m + 1], edges[m + 2], k)).Sum())];
    }

    private static double Weight(FeatureSettings s, double left, double center, double right, int k)
    {
        double hz = (double)k * s.SampleRate / s.FftSize, area = s.MelNorm == MelNorm.Slaney ? 2 / (right - left) : 1;
        if (s.MelScale == MelScale.Kaldi)
            (hz, left, center, right) = (ToMel(s.MelScale, hz), ToMel(s.MelScale, left), ToMel(s.MelScale, center), ToMel(s.MelScale, right));
        return hz <= left || hz >= right ? 0 : area * (hz <= center ? (hz - left) / (center - left) : (right - hz) / (right - center));
    }

    private static double Warp(FeatureSettings s, double hz, double high)
    {
        double nyquist = s.SampleRate / 2.0, l = 100 * Math.Max(1, s.WarpFactor), h = (nyquist - 500) * Math.Min(1, s.WarpFactor);
        (double From, double To)[] knots = [(s.LowHz, s.LowHz), (l, l / s.WarpFactor), (h, h / s.WarpFactor), (high, high)];
        if (s.WarpFactor == 1) return hz;
        int i = hz < l ? 0 : hz < h ? 1 : 2;
        return knots[i].To + ((hz - knots[i].From) * (knots[i + 1].To - knots[i].To) / (knots[i + 1].From - knots[i].From));
    }

    private static double ToMel(MelScale scale, double hz) => scale == MelScale.Slaney
        ? hz < 1000 ? hz * 3 / 200 : 15 + (27 * Math.Log(hz / 1000) / Math.Log(6.4))
        : 1127 * Math.Log(1 + (hz / 700));

    private static double ToHz(MelScale scale, double mel) => scale == MelScale.Slaney
        ? mel < 15 ? mel * 200 / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27)
        : 700 * (Math.Exp(mel / 1127) - 1);
}

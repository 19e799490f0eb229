using System.Runtime.InteropServices;
using Mingling.Audio;

namespace Mingling.Benchmarks;

/// <summary>How fast the front end is on one thread: every preset over whole clips and as a stream, and the FFT alone.</summary>
internal static class FeatureBenchmark
{
    private const int Clips = 60;
    private const int Rate = 16000;

    private sealed record FeatureRow(
        string Name, double AudioSecondsPerSecond, double AudioSecondsPerCpuSecond, double CpuMicrosecondsPerFrame, double AllocatedBytesPerFrame);

    private sealed record FftRow(
        string Name, double TransformsPerSecond, double TransformsPerCpuSecond, double CpuMicrosecondsPerTransform, double GigaflopsPerCpuSecond);

    public static void Run()
    {
        float[][] clips = [.. Enumerable.Range(0, Clips).Select(Clip)];
        Fft(new LaneFft<WideLane>(new FftPlan(512)), "fft512");
        Fft(new LaneFft<ScalarLane>(new FftPlan(512)), "fft512 without SIMD");
        foreach (string name in FeatureSettings.Names)
        {
            var settings = FeatureSettings.FromName(name);
            Whole(name, new FeatureExtractor(settings), clips);
            Whole($"{name} without SIMD", new FeatureExtractor(settings, vectorized: false), clips);
            Stream($"{name} stream, 10 ms", new FeatureStream(settings), clips, pieceMs: 10);
            Stream($"{name} stream, 80 ms", new FeatureStream(settings), clips, pieceMs: 80);
        }
    }

    private static void Whole(string name, FeatureExtractor extractor, float[][] clips)
    {
        int frames = extractor.FrameCount(Rate);
        float[] features = new float[frames * extractor.Bins];
        var cost = Measure.Median(() =>
        {
            foreach (float[] clip in clips) extractor.Compute(clip, features);
        });
        Report(name, cost, frames * clips.Length);
    }

    /// <summary>Pieces of a length, after each of which the frames that are ready are read one by one.</summary>
    private static void Stream(string name, FeatureStream stream, float[][] clips, int pieceMs)
    {
        int piece = Rate / 1000 * pieceMs;
        float[] frame = new float[stream.Bins];
        int frames = 0;
        var cost = Measure.Median(() =>
        {
            frames = 0;
            stream.Reset();
            foreach (float[] clip in clips)
            {
                for (int at = 0; at < clip.Length; at += piece)
                {
                    stream.Write(clip.AsSpan(at, Math.Min(piece, clip.Length - at)));
                    while (stream.TryRead(frame)) frames++;
                }
            }
        });
        Report(name, cost, frames);
    }

    private static void Report(string name, Cost cost, int frames) => JsonLines.Write(new FeatureRow(
        name, Math.Round(Clips / cost.Seconds), Math.Round(Clips / cost.CpuSeconds), Math.Round(1e6 * cost.CpuSeconds / frames, 3), Math.Round((double)cost.AllocatedBytes / frames, 3)));

    /// <summary>As many transforms as the frames of the clips; 5/2 n log₂ n operations are counted for each, as is customary.</summary>
    private static void Fft<TLane>(LaneFft<TLane> fft, string name)
        where TLane : unmanaged, ILane<TLane>
    {
        const int transforms = 101 * Clips, size = 512;
        int groups = (transforms + TLane.Width - 1) / TLane.Width;
        var noise = MemoryMarshal.Cast<TLane, float>(fft.Work);
        var random = new Random(1);
        foreach (ref float x in noise) x = random.NextSingle() - 0.5f;
        float[] start = noise.ToArray();
        var cost = Measure.Median(() =>
        {
            start.CopyTo(MemoryMarshal.Cast<TLane, float>(fft.Work));
            for (int i = 0; i < groups; i++)
            {
                fft.Transform();
                // The transform works in place and grows what it is given: begin anew before it overflows.
                if (i % 8 == 7) start.CopyTo(MemoryMarshal.Cast<TLane, float>(fft.Work));
            }
        });
        double count = groups * TLane.Width, perTransform = cost.CpuSeconds / count;
        double operations = 2.5 * size * Math.Log2(size);
        JsonLines.Write(new FftRow(
            name, Math.Round(count / cost.Seconds), Math.Round(count / cost.CpuSeconds), Math.Round(1e6 * perTransform, 3), Math.Round(operations / perTransform / 1e9, 2)));
    }

    /// <summary>A vowel-like tone that glides, in noise: different in every clip, the same in every run.</summary>
    private static float[] Clip(int seed)
    {
        var random = new Random(seed);
        float[] clip = new float[Rate];
        for (int n = 0; n < clip.Length; n++)
        {
            double phase = 2 * Math.PI * (100 + (2 * seed) + (20.0 * n / Rate)) * n / Rate;
            clip[n] = (float)((0.3 * Math.Sin(phase)) + (0.2 * Math.Sin(7 * phase)) + (0.02 * (random.NextDouble() - 0.5)));
        }

        return clip;
    }
}

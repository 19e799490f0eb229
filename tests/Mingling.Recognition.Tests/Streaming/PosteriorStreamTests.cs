using CsCheck;
using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Gating;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Tests.Streaming;

public class PosteriorStreamTests
{
    private static readonly int[] PieceSizes = [0, 1, 7, 159, 160, 161, 1280, 4097];

    [Fact]
    public void PosteriorStream_cut_anyhow_judges_windows_whose_inside_is_that_of_the_clip_bit_for_bit()
    {
        foreach (string preset in new[] { "LogMel40", "Mfcc40", "Fbank40" })
        {
            var settings = FeatureSettings.FromName(preset);
            var extractor = new FeatureExtractor(settings);
            int edge = settings.Alignment == FrameAlignment.Centered ? 2 : 0;
            Gen.Select(Gen.Int[16_000, 40_000], Gen.Int[0, PieceSizes.Length - 1].Array[1, 6], Gen.Int[1, 12]).Sample(
                (length, pieces, hop) =>
                {
                    float[] clip = Sound.Noise(length / 16_000.0, 0.3, seed: length);
                    var windows = Windows(settings, clip, [.. pieces.Select(i => PieceSizes[i])], hop * settings.HopMs);
                    windows.Count.ShouldBeGreaterThan(0);
                    foreach ((int index, float[] window) in windows.Index())
                    {
                        int start = index * hop * settings.HopSamples;
                        if (start + 16_000 > clip.Length) break;
                        float[] expected = extractor.Clone().Compute(clip.AsSpan(start, 16_000));
                        // What the clip mirrors at its beginning, the first window of a stream mirrors too.
                        CheckFrames(window, expected, settings.Bins, from: index == 0 ? 0 : edge, behind: edge);
                    }
                },
                iter: 8);
        }
    }

    [Fact]
    public void PosteriorStream_has_a_window_for_every_hop_and_none_before_the_first_is_full()
    {
        var settings = FeatureSettings.LogMel40;
        Windows(settings, Sound.Noise(1, 0.3), [500], 80, complete: false).ShouldBeEmpty();
        Windows(settings, Sound.Noise(1.02, 0.3), [500], 80, complete: false).Count.ShouldBe(1);
        Windows(settings, Sound.Noise(1.825, 0.3), [500], 80, complete: false).Count.ShouldBe(11);
    }

    /// <summary>The room before the beginning adds windows, and changes none of those that lie within the stream.</summary>
    [Fact]
    public void PosteriorStream_begins_as_it_ends_in_the_room()
    {
        var settings = FeatureSettings.LogMel40;
        float[] clip = Sound.Noise(2, 0.3);
        var within = Windows(settings, clip, [500], 80);
        foreach (int piece in PieceSizes.Where(size => size > 0))
        {
            var all = Windows(settings, clip, [piece], 80, leadMs: 500);
            all.Count.ShouldBe(within.Count + 7);
            foreach (var (window, expected) in all.Skip(7).Zip(within))
                window.Where((_, i) => i % 101 > 2).ShouldBe(expected.Where((_, i) => i % 101 > 2));
            // Noise before noise: the first frames are as loud as those of the stream.
            all[0].Average().ShouldBe(within[0].Average(), 1);
        }
    }

    [Fact]
    public void PosteriorStream_that_begins_tells_no_time_before_the_sound_that_it_needs()
    {
        var times = new List<double>();
        var stream = new PosteriorStream(new ToneModel(), 16_000, new SpotterSettings { Gate = null }, (step, _, _) => times.Add(step.Time));
        float[] clip = Sound.Noise(2, 0.3);
        for (int at = 0; at < clip.Length; at += 160)
        {
            stream.Push(clip.AsSpan(at, 160));
            foreach (double time in times) time.ShouldBeLessThanOrEqualTo(stream.Duration + 1e-9);
        }

        times.ShouldBe(times.Order());
        times[0].ShouldBe(1.02, 1e-9);
        times[^1].ShouldBe(1.98, 1e-9);
        int before = times.Count;
        stream.Complete();
        times.Count.ShouldBeGreaterThan(before);
        times.ShouldBe(times.Order());
        times[^1].ShouldBe(stream.Duration);
    }

    [Fact]
    public void PosteriorStream_given_what_is_no_sound_says_so_and_takes_nothing_of_it()
    {
        var spotter = new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings());
        spotter.Push(new float[1600]);
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity })
            Should.Throw<SampleStreamException>(() => spotter.Push([0, 0, bad])).Message.ShouldStartWith("The sample at 0.100 s of the stream is not a finite number");
        Should.Throw<SampleStreamException>(() => spotter.Push([0, 12_000])).Message.ShouldContain("divide 16-bit integers by 32768");
        spotter.Duration.ShouldBe(0.1);
        spotter.Push(new float[1600]);
        spotter.Duration.ShouldBe(0.2);
    }

    [Fact]
    public void PosteriorStream_used_wrongly_says_so()
    {
        foreach (int rate in new[] { 0, -1, 999, 384_001 })
            Should.Throw<ArgumentOutOfRangeException>(() => new CommandSpotter(new ToneModel(), rate, new SpotterSettings())).Message.ShouldStartWith("A stream has a rate of 1000 to 384,000 Hz");
        var settings = new SpotterSettings { HopMs = 0, SilenceDb = 1, LeadMs = -1, TailMs = -1 };
        string message = Should.Throw<ArgumentException>(() => new CommandSpotter(new ToneModel(), 16_000, settings)).Message;
        foreach (string part in new[] { "HopMs 0", "SilenceDb 1", "LeadMs -1", "TailMs -1" }) message.ShouldContain(part);
        var bad = new SpotterSettings { Gate = new GateSettings { MarginDb = -1, RiseDbPerSecond = 1000, HangoverMs = double.NaN } };
        message = Should.Throw<ArgumentException>(() => new CommandSpotter(new ToneModel(), 16_000, bad)).Message;
        foreach (string part in new[] { "MarginDb -1", "RiseDbPerSecond 1000", "HangoverMs NaN" }) message.ShouldContain(part);

        var spotter = new CommandSpotter(new ToneModel(), 16_000, new SpotterSettings());
        spotter.Complete();
        spotter.Complete();
        Should.Throw<InvalidOperationException>(() => spotter.Push(new float[1])).Message.ShouldContain("Reset()");
    }

    [Fact]
    public void PosteriorStream_given_a_clip_of_another_rate_says_so() =>
        Should.Throw<SampleStreamException>(() => new CommandSpotter(new ToneModel(), 16_000, new SpotterSettings()).Push(new AudioClip(new float[10], 48_000)))
            .Message.ShouldBe("The sound has 48000 Hz where the stream was said to have 16000; state the rate that it has.");

    private static void CheckFrames(float[] window, float[] expected, int bins, int from, int behind)
    {
        int frames = expected.Length / bins;
        window.Length.ShouldBe(expected.Length);
        for (int frame = from; frame < frames - behind; frame++)
        {
            for (int bin = 0; bin < bins; bin++)
            {
                if (BitConverter.SingleToUInt32Bits(window[(bin * frames) + frame]) != BitConverter.SingleToUInt32Bits(expected[(frame * bins) + bin]))
                    Assert.Fail($"frame {frame} of {frames}, bin {bin}: {window[(bin * frames) + frame]} is not {expected[(frame * bins) + bin]}");
            }
        }
    }

    private static List<float[]> Windows(FeatureSettings features, float[] clip, int[] pieces, double hopMs, bool complete = true, double leadMs = 0)
    {
        var model = new RecordingModel(features);
        var stream = new PosteriorStream(model, 16_000, new SpotterSettings { HopMs = hopMs, LeadMs = leadMs, Gate = null }, (_, _, _) => { });
        for (int i = 0, at = 0; at < clip.Length; i++)
        {
            int size = Math.Min(pieces[i % pieces.Length] + (i % pieces.Length == 0 ? 1 : 0), clip.Length - at);
            stream.Push(clip.AsSpan(at, size));
            at += size;
        }

        if (complete) stream.Complete();
        return model.Windows;
    }

    private sealed class RecordingModel(FeatureSettings features) : IPosteriorModel
    {
        public List<float[]> Windows { get; } = [];

        public IReadOnlyList<string> Classes { get; } = ["a"];

        public FeatureSettings Features => features;

        public int WindowSamples => 16_000;

        public int EmbeddingSize => 1;

        public void Run(ReadOnlySpan<float> input, Span<float> posteriors, Span<float> embedding) => Windows.Add(input.ToArray());
    }
}

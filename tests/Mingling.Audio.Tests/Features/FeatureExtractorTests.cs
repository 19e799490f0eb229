using Mingling.Tests.Shared;

namespace Mingling.Audio.Tests;

public class FeatureExtractorTests
{
    [Theory]
    [InlineData("logmel40", 101, 40)]
    [InlineData("mfcc40", 98, 40)]
    [InlineData("fbank40", 98, 40)]
    [InlineData("fbank80", 98, 80)]
    [InlineData("pcen40", 101, 40)]
    public void FeatureExtractor_of_one_second_gives_the_frames_of_the_preset(string preset, int frames, int bins)
    {
        var extractor = new FeatureExtractor(FeatureSettings.FromName(preset));
        (extractor.FrameCount(16000), extractor.Bins).ShouldBe((frames, bins));
        extractor.Compute(TestSignals.Noise(16000)).ShouldAllBe(value => float.IsFinite(value));
    }

    [Theory]
    [MemberData(nameof(TestSignals.Presets), MemberType = typeof(TestSignals))]
    public void FeatureExtractor_without_SIMD_gives_the_same_bits(string preset)
    {
        var settings = FeatureSettings.FromName(preset);
        float[] clip = TestSignals.Noise(7777);
        new FeatureExtractor(settings, vectorized: false).Compute(clip).ShouldBe(new FeatureExtractor(settings).Compute(clip));
    }

    [Theory]
    [MemberData(nameof(TestSignals.Presets), MemberType = typeof(TestSignals))]
    public void FeatureExtractor_into_a_span_allocates_nothing(string preset)
    {
        var extractor = new FeatureExtractor(FeatureSettings.FromName(preset));
        float[] clip = TestSignals.Noise(16000), frames = extractor.Compute(clip);
        Allocations.Least(() => extractor.Compute(clip, frames)).ShouldBe(0);
    }

    [Fact]
    public void FeatureExtractor_equals_its_definition_in_double()
    {
        foreach (var settings in (FeatureSettings[])
            [FeatureSettings.LogMel40, FeatureSettings.Mfcc40, FeatureSettings.Fbank(40), FeatureSettings.LogMel40 with { WarpFactor = 1.15, MelScale = MelScale.Slaney, MelNorm = MelNorm.Slaney, SpectrumExponent = 1 }])
        {
            float[] clip = TestSignals.Noise(2000), actual = new FeatureExtractor(settings).Compute(clip);
            double[] expected = [.. NaiveFeatures.Compute(settings, clip).SelectMany(row => row)];
            actual.Length.ShouldBe(expected.Length);
            for (int i = 0; i < actual.Length; i++) ((double)actual[i]).ShouldBe(expected[i], 2e-4, $"{settings} value {i}");
        }
    }

    [Theory]
    [InlineData(FrameAlignment.Centered, 160, new[] { 0, 1, 2, 1 }, 0)] // begins 240 before the first sample, 60 times there and back
    [InlineData(FrameAlignment.CenteredKaldi, 6, new[] { 0, 1, 2, 2, 1, 0 }, 3)] // begins 237 before: 39 times and a half
    public void FeatureExtractor_of_a_clip_shorter_than_its_padding_mirrors_it_again_and_again(
        FrameAlignment alignment, int hop, int[] thereAndBack, int phase)
    {
        var settings = FeatureSettings.LogMel40 with { Alignment = alignment, HopSamples = hop };
        float[] three = [0.5f, -0.25f, 0.125f];
        float[] mirrored = [.. Enumerable.Range(phase, 480).Select(i => three[thereAndBack[i % thereAndBack.Length]])];
        float[] expected = new FeatureExtractor(settings with { Alignment = FrameAlignment.SnipWindow }).Compute(mirrored);
        new FeatureExtractor(settings).Compute(three).ShouldBe(expected);
    }

    [Fact]
    public void FeatureExtractor_of_hardly_any_samples_gives_what_the_rule_says()
    {
        foreach (string name in FeatureSettings.Names)
        {
            var settings = FeatureSettings.FromName(name);
            var extractor = new FeatureExtractor(settings);
            foreach (int length in (int[])[0, 1, 2, 100, 239, 240, 241, 399, 479])
            {
                int frames = length == 0 ? 0
                    : settings.Alignment == FrameAlignment.Centered ? 1 + (length / 160)
                    : length < settings.WindowSamples ? 0 : 1;
                float[] features = extractor.Compute(TestSignals.Noise(length));
                features.Length.ShouldBe(frames * extractor.Bins, $"{name}, {length} samples");
                features.ShouldAllBe(value => float.IsFinite(value));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FeatureExtractor_with_energy_puts_it_where_it_was_asked_for(bool raw)
    {
        var settings = FeatureSettings.Fbank(40) with { UseEnergy = true, RawEnergy = raw };
        float[] clip = TestSignals.Noise(400), plain = new FeatureExtractor(settings with { UseEnergy = false }).Compute(clip);
        double[] window = [.. clip.Select(x => 32768 * (x - clip.Average(v => (double)v)))];
        if (!raw)
        {
            window = [.. window.Select((x, n) => (x - (0.97 * window[Math.Max(0, n - 1)]))
                * Math.Pow(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / 399)), 0.85))];
        }

        float energy = (float)Math.Log(window.Sum(x => x * x));
        float[] first = new FeatureExtractor(settings).Compute(clip), last = new FeatureExtractor(settings with { EnergyLast = true }).Compute(clip);
        (first[0], last[^1]).ShouldBe((first[0], first[0]));
        first[0].ShouldBe(energy, 1e-4f);
        first[1..].ShouldBe(plain);
        last[..^1].ShouldBe(plain);
    }

    [Fact]
    public void FeatureExtractor_of_cepstra_in_the_order_of_HTK_puts_the_first_last()
    {
        var settings = FeatureSettings.Fbank(23) with { Cepstra = 13, Lifter = 22 };
        float[] clip = TestSignals.Noise(400), plain = new FeatureExtractor(settings).Compute(clip);
        float[] htk = new FeatureExtractor(settings with { EnergyLast = true }).Compute(clip);
        htk[..12].ShouldBe(plain[1..]);
        htk[12].ShouldBe(plain[0] * MathF.Sqrt(2), 1e-4f);
        float[] energy = new FeatureExtractor(settings with { UseEnergy = true }).Compute(clip);
        energy[1..].ShouldBe(plain[1..]);
        energy[0].ShouldBe(new FeatureExtractor(settings with { UseEnergy = true, Cepstra = 0 }).Compute(clip)[0]);
    }

    [Fact]
    public void FeatureExtractor_clone_computes_beside_its_original()
    {
        var original = new FeatureExtractor(FeatureSettings.LogMel40);
        float[][] clips = [.. Enumerable.Range(0, 8).Select(i => TestSignals.Noise(16000, i))];
        float[][] expected = [.. clips.Select(clip => original.Compute(clip))];
        float[][] actual = new float[8][];
        Parallel.For(0, 8, i => actual[i] = original.Clone().Compute(clips[i]));
        actual.ShouldBe(expected);
    }

    [Fact]
    public void FeatureExtractor_used_wrongly_says_what_fits()
    {
        var extractor = new FeatureExtractor(FeatureSettings.LogMel40);
        Should.Throw<ArgumentException>(() => extractor.Compute(new float[16000], new float[5])).Message.ShouldContain("101 frames of 40 values");
        Should.Throw<ArgumentOutOfRangeException>(() => extractor.FrameCount(-1));
    }
}

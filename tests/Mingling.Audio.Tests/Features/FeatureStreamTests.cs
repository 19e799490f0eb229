using CsCheck;
using Mingling.Tests.Shared;

namespace Mingling.Audio.Tests;

public class FeatureStreamTests
{
    private static readonly int[] PieceSizes = [0, 1, 2, 159, 160, 161, 480, 512, 1000, 4321];

    [Theory]
    [MemberData(nameof(TestSignals.Presets), MemberType = typeof(TestSignals))]
    public void FeatureStream_cut_anyhow_equals_the_whole_clip_bit_for_bit(string preset) =>
        CheckAnyCutting(FeatureSettings.FromName(preset));

    [Theory]
    [InlineData(FrameAlignment.SnipWindow)]
    [InlineData(FrameAlignment.SnipFft)]
    [InlineData(FrameAlignment.Centered)]
    [InlineData(FrameAlignment.CenteredKaldi)]
    public void FeatureStream_of_odd_sizes_equals_the_whole_clip_bit_for_bit(FrameAlignment alignment)
    {
        var odd = new FeatureSettings { Alignment = alignment, WindowSamples = 37, HopSamples = 13, FftSize = 45, MelBins = 5, UseEnergy = true };
        CheckAnyCutting(odd);
        CheckAnyCutting(odd with { HopSamples = 61 });
        CheckAnyCutting(odd with { HopSamples = 1, WindowSamples = 45 });
    }

    [Fact]
    public void FeatureStream_after_Reset_gives_the_same_frames_again()
    {
        var stream = new FeatureStream(FeatureSettings.Pcen40);
        float[] clip = TestSignals.Noise(5000);
        float[] first = ReadAll(stream, clip);
        stream.Reset();
        stream.Write(clip);
        stream.TryRead(new float[40]).ShouldBeTrue();
        stream.FramesRead.ShouldBe(1);
        stream.Reset();
        (stream.SamplesWritten, stream.FramesRead).ShouldBe((0, 0));
        ReadAll(stream, clip).ShouldBe(first);
    }

    [Fact]
    public void FeatureStream_gives_a_frame_as_soon_as_its_window_is_there()
    {
        var stream = new FeatureStream(FeatureSettings.Fbank(40));
        float[] frame = new float[40];
        stream.Write(new float[399]);
        stream.TryRead(frame).ShouldBeFalse();
        stream.Write(new float[1]);
        stream.TryRead(frame).ShouldBeTrue();
        stream.TryRead(frame).ShouldBeFalse();
        stream.Write(new float[160]);
        stream.TryRead(frame).ShouldBeTrue();
    }

    [Fact]
    public void FeatureStream_in_steady_state_allocates_nothing()
    {
        foreach (string name in FeatureSettings.Names)
        {
            var stream = new FeatureStream(FeatureSettings.FromName(name));
            float[] piece = TestSignals.Noise(160), frame = new float[stream.Bins];
            Allocations.Least(() => Run(500)).ShouldBe(0, name);

            void Run(int pieces)
            {
                for (int i = 0; i < pieces; i++)
                {
                    stream.Write(piece);
                    while (stream.TryRead(frame)) { }
                }
            }
        }
    }

    [Fact]
    public void FeatureStream_used_wrongly_says_so()
    {
        var stream = new FeatureStream(FeatureSettings.LogMel40);
        Should.Throw<ArgumentException>(() => stream.TryRead(new float[39])).Message.ShouldContain("40 places, not 39");
        stream.Read(new float[39]).ShouldBe(0);
        stream.Complete();
        stream.Complete();
        Should.Throw<InvalidOperationException>(() => stream.Write(new float[1])).Message.ShouldContain("Reset()");
    }

    private static void CheckAnyCutting(FeatureSettings settings)
    {
        var extractor = new FeatureExtractor(settings);
        Gen.Select(Gen.OneOf(Gen.Int[0, 600], Gen.Int[0, 9000]), Gen.Int[0, PieceSizes.Length - 1].Select(i => PieceSizes[i]).Array[1, 6], Gen.Int[1, 30]).Sample(
            (length, pieces, framesAtOnce) =>
            {
                float[] clip = TestSignals.Noise(length, seed: length);
                float[] streamed = Stream(new FeatureStream(extractor), clip, pieces, framesAtOnce);
                Bits(streamed).SequenceEqual(Bits(extractor.Clone().Compute(clip))).ShouldBeTrue($"{settings}");
            },
            iter: 60);
    }

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];

    private static float[] ReadAll(FeatureStream stream, float[] clip) => Stream(stream, clip, [100], 3);

    private static float[] Stream(FeatureStream stream, float[] clip, int[] pieces, int framesAtOnce)
    {
        var frames = new List<float>();
        float[] some = new float[framesAtOnce * stream.Bins];
        int at = 0;
        for (int i = 0; at < clip.Length; i++)
        {
            // Pieces of no samples are written too, but something must move on.
            int size = Math.Min(pieces[i % pieces.Length], clip.Length - at);
            if (size == 0 && i % pieces.Length == pieces.Length - 1) size = 1;
            stream.Write(clip.AsSpan(at, size));
            at += size;
            if (i % 3 != 2) Drain();
        }

        stream.Complete();
        Drain();
        return [.. frames];

        void Drain()
        {
            // One frame alone now and then, after which others wait that were computed with it.
            for (int turn = 0; ; turn++)
            {
                long before = stream.FramesRead;
                int count = turn % 3 == 1 ? (stream.TryRead(some) ? 1 : 0) : stream.Read(some);
                (stream.FramesRead - before).ShouldBe(count);
                if (count == 0) return;
                frames.AddRange(some.AsSpan(0, count * stream.Bins));
            }
        }
    }
}

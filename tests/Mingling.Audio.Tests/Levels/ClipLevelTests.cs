namespace Mingling.Audio.Tests.Levels;

public class ClipLevelTests
{
    [Fact]
    public void HasSound_is_true_of_what_can_be_heard_for_thirty_milliseconds_alone()
    {
        float[] tone = [.. Enumerable.Range(0, 480).Select(n => 0.01f * MathF.Sin(n * 0.3f))];
        ClipLevel.HasSound(tone, 16_000).ShouldBeTrue();
        ClipLevel.HasSound(tone.AsSpan(0, 400), 16_000).ShouldBeFalse();
        ClipLevel.HasSound([.. tone.Select(x => x / 100)], 16_000).ShouldBeFalse();
        ClipLevel.HasSound([.. tone.Select(x => (x / 100) + 0.5f)], 16_000).ShouldBeFalse();
        ClipLevel.HasSound([], 16_000).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => ClipLevel.HasSound(tone, 0));
    }

    [Fact]
    public void ClipLevel_full_scale_sine_peaks_at_0_d_b_and_has_minus_3_d_b()
    {
        var level = ClipLevel.Measure(Signals.Sine(100, 16000, 16000));

        level.PeakDb.ShouldBe(0, 1e-6);
        level.RmsDb.ShouldBe(-3.0103, 1e-3);
        level.DcOffset.ShouldBe(0, 1e-6);
        level.SilentShare.ShouldBe(0);
    }

    [Fact]
    public void ClipLevel_zeros_have_no_level_and_are_all_silent() =>
        ClipLevel.Measure(new float[1000]).ShouldBe(new ClipLevel(double.NegativeInfinity, double.NegativeInfinity, 0, 0, 1));

    [Fact]
    public void ClipLevel_runs_of_three_at_full_scale_are_clipped_and_shorter_ones_are_not()
    {
        float[] samples = [1, 1, 0, 1, 1, 1, 1, 0, -1, -1, -1, 1, 1, 0, 0, 0, 0, 0, 0, 0];

        ClipLevel.Measure(samples).ClippedShare.ShouldBe(7 / 20.0);
    }

    [Fact]
    public void ClipLevel_offset_is_the_mean_and_no_sound()
    {
        float[] samples = [.. Enumerable.Repeat(0.25f, 600)];

        var level = ClipLevel.Measure(samples);

        (level.DcOffset, level.SilentShare).ShouldBe((0.25, 1));
        level.RmsDb.ShouldBe(-12.0412, 1e-3);
    }

    [Fact]
    public void ClipLevel_silent_blocks_are_counted_by_their_samples()
    {
        float[] samples = [.. Signals.Noise(512, seed: 1), .. Signals.Noise(300, seed: 2).Select(sample => sample * 1e-3f)];

        ClipLevel.Measure(samples).SilentShare.ShouldBe(300 / 812.0, 1e-12);
    }

    [Fact]
    public void ClipLevel_no_samples_are_refused() => Should.Throw<ArgumentException>(() => ClipLevel.Measure([]));
}

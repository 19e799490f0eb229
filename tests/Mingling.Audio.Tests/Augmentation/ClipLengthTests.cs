using CsCheck;

namespace Mingling.Audio.Tests.Augmentation;

public class ClipLengthTests
{
    [Theory]
    [InlineData(new float[] { }, new float[] { 0, 0, 0, 0, 0 })]
    [InlineData(new float[] { 7 }, new float[] { 0, 0, 7, 0, 0 })]
    [InlineData(new float[] { 7, 8 }, new float[] { 0, 7, 8, 0, 0 })]
    [InlineData(new float[] { 1, 2, 3, 4, 5 }, new float[] { 1, 2, 3, 4, 5 })]
    [InlineData(new float[] { 9, 0, 1, -8, 2, 3, 0, 0 }, new float[] { 9, 0, 1, -8, 2 })]
    [InlineData(new float[] { 0, 0, 1, 2, 3, 4, 1, 0, 0 }, new float[] { 1, 2, 3, 4, 1 })]
    public void ClipLength_short_clips_are_centered_and_long_ones_keep_their_loudest_stretch(float[] samples, float[] expected)
    {
        float[] window = [9, 9, 9, 9, 9];

        ClipLength.Fit(samples, window);

        window.ShouldBe(expected);
    }

    [Theory]
    [InlineData(new float[] { }, new float[] { 0, 0, 0, 0, 0, 0 })]
    [InlineData(new float[] { 7 }, new float[] { 0, 0, 0, 0, 7, 0 })]
    [InlineData(new float[] { 7, 8, 9 }, new float[] { 0, 0, 0, 7, 8, 9 })]
    [InlineData(new float[] { 1, 2, 9, 3, 4, 5, 6 }, new float[] { 0.25f, 1, 2, 9, 3, 4 })]
    [InlineData(new float[] { 3, 4, 5, 1, 7, 8, 0, 0 }, new float[] { 3, 4, 5, 1, 7, 8 })]
    [InlineData(new float[] { 3, 4, 5, 1, 2, 7, 8 }, new float[] { 4, 5, 1, 2, 7, 8 })]
    public void ClipLength_of_a_window_whose_end_counts_puts_there_what_it_would_choose_for_its_length(float[] samples, float[] expected)
    {
        float[] window = [9, 9, 9, 9, 9, 9];

        ClipLength.Fit(samples, window, 3);

        window.ShouldBe(expected);
    }

    [Fact]
    public void ClipLength_of_a_window_whose_end_counts_is_that_of_the_end_with_what_comes_before_it() =>
        Gen.Select(Gen.Float[-1, 1].Array[0, 100], Gen.Int[1, 100], Gen.Int[0, 60]).Sample((samples, counted, before) =>
        {
            float[] end = new float[counted], window = new float[before + counted];
            int place = ClipLength.Fit(samples, end);

            int start = ClipLength.Fit(samples, window, counted);

            start.ShouldBe(place - before);
            window[before..].ShouldBe(end);
            int silent = Math.Max(0, -start);
            for (int i = silent; i < before; i++) window[i].ShouldBe(samples[start + i]);
            if (samples.Length <= counted) window[..Math.Min(silent, before)].ShouldAllBe(x => x == 0);
            else RoomOf(samples, silent, Math.Max(1, counted / 8)).Any(room => window.Take(silent).SequenceEqual(room)).ShouldBeTrue();
        });

    /// <summary>All rooms that a clip may be given: its quietest block, of which rounding may choose another of the same energy, there and back and a quarter as loud.</summary>
    private static IEnumerable<float[]> RoomOf(float[] samples, int length, int longestBlock)
    {
        int block = Math.Min(length, longestBlock);
        if (block == 0) return [[]];
        double least = Enumerable.Range(0, samples.Length - block + 1).Min(i => Signals.Power(samples.AsSpan(i, block)));
        return from i in Enumerable.Range(0, samples.Length - block + 1)
               where Signals.Power(samples.AsSpan(i, block)) <= least + 1e-9
               let quiet = samples[i..(i + block)]
               select Enumerable.Repeat((float[])[.. quiet, .. quiet.Reverse()], (length / block) + 1).SelectMany(x => x).Take(length).Select(x => x / 4).ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void ClipLength_refuses_to_count_what_the_window_does_not_have(int counted) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ClipLength.Fit(new float[5], new float[10], counted)).Message.ShouldContain("of a window of 10 samples, 1 to 10 count");

    [Fact]
    public void ClipLength_silent_long_clip_keeps_its_beginning() => ClipLength.Fit(new float[100], new float[10]).ShouldBe(0);

    [Fact]
    public void ClipLength_kept_stretch_has_the_most_energy_of_all() =>
        Gen.Select(Gen.Float[-1, 1].Array[1, 100], Gen.Int[1, 100]).Sample((samples, length) =>
        {
            float[] window = new float[length];

            int start = ClipLength.Fit(samples, window);

            for (int i = 0; i < length; i++)
                window[i].ShouldBe(start + i >= 0 && start + i < samples.Length ? samples[start + i] : 0);
            for (int other = 0; other + length <= samples.Length; other++)
                Signals.Power(samples.AsSpan(other, length)).ShouldBeLessThanOrEqualTo(Signals.Power(window) + 1e-9);
        });
}

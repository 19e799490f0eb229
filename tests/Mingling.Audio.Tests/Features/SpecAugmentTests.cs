using CsCheck;

namespace Mingling.Audio.Tests;

public class SpecAugmentTests
{
    [Fact]
    public void SpecAugment_masks_whole_bands_and_whole_frames_and_nothing_else() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[1, 20], Gen.Int[0, 3], Gen.Int[0, 25], Gen.Int).Sample((frames, bins, masks, width, seed) =>
        {
            var augment = new SpecAugment { FrequencyMasks = masks, FrequencyWidth = width, TimeMasks = masks, TimeWidth = width };
            float[] features = [.. Enumerable.Repeat(1f, frames * bins)];
            augment.Apply(features, bins, new Random(seed), fill: -5f);
            features.ShouldAllBe(value => value == 1f || value == -5f);
            float[][] rows = [.. features.Chunk(bins)];
            bool[] maskedBins = [.. Enumerable.Range(0, bins).Select(b => rows.All(row => row[b] == -5f))];
            bool[] maskedFrames = [.. rows.Select(row => row.All(value => value == -5f))];
            for (int t = 0; t < frames; t++)
                for (int b = 0; b < bins; b++)
                    (rows[t][b] == -5f).ShouldBe(maskedBins[b] || maskedFrames[t]);
        });

    [Fact]
    public void SpecAugment_draws_every_width_and_place_evenly()
    {
        const int bins = 10, draws = 40_000;
        var augment = new SpecAugment { FrequencyMasks = 1, FrequencyWidth = 3, TimeMasks = 0 };
        var random = new Random(7);
        int[] widths = new int[4], firsts = new int[bins];
        for (int i = 0; i < draws; i++)
        {
            float[] row = new float[bins];
            augment.Apply(row, bins, random, 1f);
            int width = row.Count(value => value == 1f);
            widths[width]++;
            if (width == 3) firsts[Array.IndexOf(row, 1f)]++;
        }

        widths.ShouldAllBe(count => Math.Abs(count - (draws / 4)) < 600);
        firsts[..8].ShouldAllBe(count => Math.Abs(count - (draws / 32)) < 250);
        firsts[8..].ShouldBe([0, 0]);
    }

    [Fact]
    public void SpecAugment_with_the_same_seed_masks_the_same()
    {
        float[] first = TestSignals.Noise(4000), second = [.. first];
        new SpecAugment().Apply(first, 40, new Random(3), 0f);
        new SpecAugment().Apply(second, 40, new Random(3), 0f);
        first.ShouldBe(second);
    }

    [Fact]
    public void SpecAugment_used_wrongly_says_so()
    {
        Should.Throw<ArgumentException>(() => new SpecAugment().Apply(new float[41], 40, new Random(1), 0f)).Message.ShouldContain("41 values");
        Should.Throw<ArgumentOutOfRangeException>(() => new SpecAugment { TimeWidth = -1 }.Apply(new float[40], 40, new Random(1), 0f));
    }
}

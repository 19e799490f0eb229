using Mingling.Training.Data;

namespace Mingling.Training.Tests.Data;

public class SpectralColorTests
{
    [Fact]
    public void Color_is_the_same_smooth_curve_in_every_frame()
    {
        const int bins = 40, frames = 7;
        float[] features = new float[bins * frames];
        new SpectralColor(bins).Apply(features, 6, new SeededRandom(3));

        for (int frame = 1; frame < frames; frame++) features.AsSpan(frame * bins, bins).SequenceEqual(features.AsSpan(0, bins)).ShouldBeTrue();
        features.Max(Math.Abs).ShouldBeInRange(0.05f, 4 * 6 * 0.2303f);
        for (int bin = 1; bin < bins; bin++) Math.Abs(features[bin] - features[bin - 1]).ShouldBeLessThan(1.2f);
        // Cosines of whole periods leave the mean level as it is.
        features.Take(bins).Average().ShouldBe(0, 1e-5);
    }

    [Fact]
    public void Color_of_no_height_changes_nothing()
    {
        float[] features = [1, 2, 3, 4];
        new SpectralColor(2).Apply(features, 0, new SeededRandom(3));
        features.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void BinMeans_added_and_taken_away_are_those_of_a_naive_loop()
    {
        const int bins = 37, frames = 11;
        var random = new SeededRandom(8);
        float[] features = [.. Enumerable.Range(0, bins * frames).Select(_ => random.NextSingle())], original = [.. features];
        float[] means = new float[bins];
        BinMeans.Measure(features, bins, means);
        for (int bin = 0; bin < bins; bin++) means[bin].ShouldBe(Enumerable.Range(0, frames).Average(f => original[f * bins + bin]), 1e-5f);
        BinMeans.Add(features, means, -1);
        for (int i = 0; i < features.Length; i++) features[i].ShouldBe(original[i] - means[i % bins], 1e-6f);
    }

    [Fact]
    public void BinMeans_raised_lie_no_further_below_the_largest_than_the_range()
    {
        float[] features = [5, -100, 2, -1.9f, -2.1f];
        BinMeans.Raise(features, 7);
        features.ShouldBe([5, -2, 2, -1.9f, -2]);
        BinMeans.Raise(features, float.PositiveInfinity);
        features.ShouldBe([5, -2, 2, -1.9f, -2]);
    }
}

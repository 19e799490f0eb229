using Mingling.Training.Export;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class WithinWordCovarianceTests
{
    /// <summary>After whitening without shrinkage to speak of, clips of one word spread alike in all directions.</summary>
    [Fact]
    public void Whitened_embeddings_have_the_same_spread_within_words_in_every_direction()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        const int words = 6, clips = 200, size = 4;
        var mixing = randn(size, size);
        var rows = cat([.. Enumerable.Range(0, words).Select(_ => 5 * randn(1, size) + randn(clips, size).matmul(mixing))]);
        float[][] embeddings = [.. Enumerable.Range(0, words * clips).Select(i => rows[i].contiguous().data<float>().ToArray())];
        string[] labels = [.. Enumerable.Range(0, words * clips).Select(i => $"w{i / clips}")];
        using var within = WithinWordCovariance.Measure(embeddings, labels, 1e-9);

        var whitened = (rows.to(float64) - within.Mean).matmul(within.Whitening);
        whitened.mean([0]).abs().max().item<double>().ShouldBeLessThan(1e-6);
        whitened.square().mean().item<double>().ShouldBe(1, 1e-6);
        var deviations = cat([.. Enumerable.Range(0, words).Select(w => whitened.narrow(0, w * clips, clips) - whitened.narrow(0, w * clips, clips).mean([0], keepdim: true))]);
        var covariance = deviations.t().matmul(deviations) / (words * (clips - 1));
        (covariance / covariance[0, 0] - eye(size, dtype: float64)).abs().max().item<double>().ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Embeddings_that_are_all_equal_stay_finite()
    {
        float[][] equal = [.. Enumerable.Range(0, 6).Select(_ => new float[] { 1, 2 })];
        using var within = WithinWordCovariance.Measure(equal, ["a", "a", "a", "b", "b", "b"], 0.1);
        within.Whitening.isfinite().all().item<bool>().ShouldBeTrue();
    }
}

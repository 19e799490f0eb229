using Mingling.MetricLearning.LatentFactors;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.LatentFactors;

public sealed class LatentFactorLayerTests
{
    private const int Words = 12;
    private const int Speakers = 9;
    private const int Dimension = 10;

    [NoLeaks]
    [Fact]
    public void Fit_recovers_the_noise_and_drops_the_speaker()
    {
        using var scope = NewDisposeScope();
        var (rows, words, speakers) = Planted(noise: 0.1);
        using var layer = new LatentFactorLayer(Dimension, 3, 2);
        var variances = layer.Fit(rows, words, speakers, new LatentFactorFit(Iterations: 60));
        variances[^1].ShouldBe(0.01, 0.002);
        double raw = RatioBetweenWordsAndSpeakers(rows, words, speakers);
        double cleaned = RatioBetweenWordsAndSpeakers(layer.call(rows), words, speakers);
        raw.ShouldBeLessThan(2);
        cleaned.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Each_iteration_explains_no_less()
    {
        using var scope = NewDisposeScope();
        var (rows, words, speakers) = Planted(noise: 0.5);
        using var layer = new LatentFactorLayer(Dimension, 2, 2);
        var variances = layer.Fit(rows, words, speakers, new LatentFactorFit(Iterations: 25));
        variances.Zip(variances.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1e-9);
    }

    [Fact]
    public void Forward_is_the_posterior_mean_with_a_gradient()
    {
        using var scope = NewDisposeScope();
        var (rows, words, speakers) = Planted(noise: 0.3);
        using var layer = new LatentFactorLayer(Dimension, 2, 2);
        layer.Fit(rows, words, speakers);
        var input = rows.narrow(0, 0, 4).detach().requires_grad_();
        var output = layer.call(input);
        output.shape.ShouldBe([4, 2]);
        output.sum().backward();
        input.grad!.ShouldBeFinite("gradient");
        input.grad!.abs().sum().item<double>().ShouldBeGreaterThan(0);
        // Adding what only the nuisance factors explain changes the identity little compared with adding an identity factor.
        double Change(Tensor direction) => (layer.call(rows + direction.to(rows.dtype)) - layer.call(rows)).norm().item<double>();
        var identity = layer.Identity.select(1, 0);
        Change(identity).ShouldBeGreaterThan(3 * Change(layer.Nuisance.select(1, 0)));
    }

    private static (Tensor Rows, Tensor Words, Tensor Speakers) Planted(double noise)
    {
        using var generator = new Generator(11);
        Tensor Normal(params long[] shape) => randn(shape, ScalarType.Float64, generator: generator);
        var words = arange(Words).repeat_interleave(Speakers);
        var speakers = arange(Speakers).repeat(Words);
        var identity = mm(Normal(Words, 3), Normal(3, Dimension));
        var nuisance = mm(Normal(Speakers, 2), Normal(2, Dimension)) * 1.5;
        var rows = identity.index_select(0, words) + nuisance.index_select(0, speakers) + Normal(Words * Speakers, Dimension) * noise + 0.7;
        return (rows, words, speakers);
    }

    private static double RatioBetweenWordsAndSpeakers(Tensor rows, Tensor words, Tensor speakers) => Spread(rows, words) / Spread(rows, speakers);

    // The variance of the means of the classes.
    private static double Spread(Tensor rows, Tensor labels)
    {
        var member = nn.functional.one_hot(labels).to(ScalarType.Float64);
        var means = mm(member.t(), rows) / member.sum(new long[] { 0 }).unsqueeze(1);
        return (means - means.mean(new long[] { 0 })).square().mean().item<double>();
    }
}

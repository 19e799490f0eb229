using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public sealed class ReductionTests
{
    private static readonly double[] ClassWeights = [1, 2, 0, 4, 5];

    [Fact]
    public void None_gives_one_value_for_each_sample_that_adds_up_to_the_sum()
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batches.Episodes();
        using var none = new TripletLoss(0.5, reduction: Reduction.None);
        using var sum = new TripletLoss(0.5, reduction: Reduction.Sum);
        var values = none.call(embeddings, labels);
        values.shape.ShouldBe([12]);
        values.sum().ShouldBeNear(sum.call(embeddings, labels), 1e-12, "sum");
    }

    [Fact]
    public void Class_weights_weigh_like_sample_weights_of_their_class()
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batches.Episodes();
        var ofSamples = tensor(ClassWeights).index_select(0, labels);
        using var plain = new ContrastiveLoss(new EuclideanDistance());
        using var weighted = new ContrastiveLoss(new EuclideanDistance(), reduction: Reduction.Mean.WithClassWeights(ClassWeights));
        weighted.call(embeddings, labels).ShouldBeNear(plain.forward(embeddings, labels, ofSamples), 1e-12, "weights");
    }

    [Fact]
    public void Weighted_mean_divides_by_the_weights()
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batches.Random([0, 1, 3]);
        using var none = new CenterLoss(5, Batches.Dimension, reduction: Reduction.None);
        using var mean = new CenterLoss(5, Batches.Dimension, reduction: Reduction.Mean.WithClassWeights(ClassWeights));
        var values = none.call(embeddings, labels);
        var expected = (values[0] * 1 + values[1] * 2 + values[2] * 4) / 7;
        mean.call(embeddings, labels).ShouldBeNear(expected, 1e-12, "weighted mean");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Class_weight_that_is_no_weight_is_refused(double weight) =>
        Should.Throw<ArgumentException>(() => Reduction.Mean.WithClassWeights(weight)).Message.ShouldContain("at least 0");
}

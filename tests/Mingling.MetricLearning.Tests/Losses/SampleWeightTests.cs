using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public sealed class SampleWeightTests
{
    public static TheoryData<string> All() => Expressions.Differentiable();

    [Theory, MemberData(nameof(All))]
    public void Weights_of_one_change_nothing(string expression)
    {
        using var scope = NewDisposeScope();
        using var loss = Expressions.Make(expression);
        loss.eval();
        var (rows, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        loss.forward(rows, labels, ones(12)).ShouldBeNear(loss.call(rows, labels), 1e-6, expression);
    }

    [Theory]
    [InlineData(2, "like the row twice")]
    [InlineData(0, "like no row")]
    public void Proxy_anchor_counts_a_row_as_often_as_its_weight_says(int weight, string meaning)
    {
        using var scope = NewDisposeScope();
        using var loss = new ProxyAnchorLoss(Batches.Classes, Batches.Dimension, alpha: 4);
        loss.to(ScalarType.Float64);
        var (rows, labels) = Batches.Random([0, 1, 1, 2]); // only the weighted row is of class 2
        var weights = tensor(new double[] { 1, 1, 1, weight });
        var repeated = tensor(new long[] { 0, 1, 2 }.Concat(Enumerable.Repeat(3L, weight)).ToArray());
        var (embeddings, twin) = (rows.clone().requires_grad_(), rows.clone().requires_grad_());
        var value = loss.forward(embeddings, labels, weights);
        var expected = loss.call(twin.index_select(0, repeated), labels.index_select(0, repeated));
        value.backward();
        expected.backward();
        value.ShouldBeNear(expected, 1e-12, meaning);
        embeddings.grad!.ShouldBeNear(twin.grad!, 1e-10, meaning);
    }

    [Fact]
    public void Episodes_weigh_the_terms_of_their_queries()
    {
        using var scope = NewDisposeScope();
        var (rows, labels) = Batches.Episodes();
        var weights = arange(12, ScalarType.Float64);
        var order = labels.sort(0, stable: true).Indices;
        var episodes = rows.index_select(0, order).view(4, 3, -1);
        var sorted = weights.index_select(0, order).view(4, 3);
        Agrees(reduction => new PrototypicalLoss(3, reduction: reduction), sorted.narrow(1, 2, 1));
        Agrees(reduction => new PrototypicalLoss(3, queries: 2, reduction: reduction), sorted.narrow(1, 1, 2));
        Agrees(reduction => new AngularPrototypicalLoss(3, reduction: reduction), sorted.narrow(1, 0, 1));
        Agrees(reduction => new Ge2eLoss(3, reduction: reduction), sorted);

        void Agrees(Func<Reduction, EpisodeLoss> make, Tensor ofQueries)
        {
            using var mean = make(Reduction.Mean);
            using var none = make(Reduction.None);
            var flat = ofQueries.reshape(-1);
            var expected = (none.OfEpisodes(episodes) * flat).sum() / flat.sum();
            mean.forward(rows, labels, weights).ShouldBeNear(expected, 1e-12, mean.GetName());
        }
    }

    [Fact]
    public void Negative_weight_is_refused()
    {
        using var scope = NewDisposeScope();
        using var loss = new SoftmaxLoss(3, Batches.Dimension);
        var (rows, labels) = Batches.Random([0, 1]);
        Should.Throw<ArgumentException>(() => loss.forward(rows, labels, tensor(new[] { 1.0, -0.5 }))).Message.ShouldContain("at least 0");
    }

    [Fact]
    public void Swap_refuses_a_reduction_to_samples() =>
        Should.Throw<ArgumentException>(() => new TripletLoss(swap: true, reduction: Reduction.None)).Message.ShouldContain("swap");
}

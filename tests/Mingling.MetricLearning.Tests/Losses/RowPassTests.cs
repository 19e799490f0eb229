using Mingling.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

/// <summary>The losses that go over the rows of the similarities once, in float32, against the general way in float64.</summary>
public sealed class RowPassTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string loss in new[] { "contrastive", "contrastive-margins", "supcon", "supcon-cold", "multi-similarity", "multi-similarity-steep", "circle" })
            foreach (string reduction in new[] { "mean", "mean-active", "sum", "classes" }) cases.Add(loss, reduction);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient_are_those_of_the_general_way(string name, string reduced)
    {
        var reduction = reduced switch
        {
            "mean" => Reduction.Mean,
            "mean-active" => Reduction.MeanActive,
            "sum" => Reduction.Sum,
            _ => Reduction.Mean.WithClassWeights([.. Enumerable.Range(0, 40).Select(c => c % 3 * 0.7)]),
        };
        foreach (var (rows, classes, dimension) in new[] { (1, 1, 3), (2, 1, 3), (2, 2, 3), (7, 3, 4), (8, 2, 5), (9, 4, 16), (33, 33, 8), (64, 8, 32), (130, 7, 16), (257, 40, 24) })
        {
            using var scope = NewDisposeScope();
            using var loss = Make(name, reduction);
            var (embeddings, labels, weights) = Batch(rows, classes, dimension);
            foreach (bool weighted in new[] { false, true })
            {
                var (value, gradient) = Evaluate(loss, embeddings, labels, weighted ? weights : null);
                var (expected, expectedGradient) = Evaluate(loss, embeddings.to(ScalarType.Float64), labels, weighted ? weights.to(ScalarType.Float64) : null);
                string what = $"{name} {reduced} {rows} rows of {classes} classes";
                value.ShouldBe(expected, 2e-5 * Math.Max(1, Math.Abs(expected)), what);
                double size = expectedGradient.abs().max().item<double>();
                (gradient.to(ScalarType.Float64) - expectedGradient).abs().max().item<double>().ShouldBeLessThanOrEqualTo((2e-4 * size) + 1e-6, what);
            }
        }
    }

    [Theory]
    [InlineData("contrastive")]
    [InlineData("supcon")]
    [InlineData("multi-similarity")]
    [InlineData("circle")]
    public void Equal_opposite_and_empty_rows_give_finite_gradients(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Make(name, Reduction.Mean);
        float[] rows = [1, 2, 3, 1, 2, 3, -1, -2, -3, 0, 0, 0, 2, 4, 6, 1, 0, 0];
        var embeddings = tensor(rows).view(6, 3);
        foreach (long[] labels in new long[][] { [0, 0, 1, 1, 0, 1], [0, 1, 0, 1, 2, 2], [5, 5, 5, 5, 5, 5], [1, 2, 3, 4, 5, 6] })
        {
            var (value, gradient) = Evaluate(loss, embeddings, tensor(labels), null);
            var (expected, expectedGradient) = Evaluate(loss, embeddings.to(ScalarType.Float64), tensor(labels), null);
            value.ShouldBe(expected, 1e-4 * Math.Max(1, Math.Abs(expected)));
            gradient.isfinite().all().item<bool>().ShouldBeTrue();
            // All but the empty row, whose gradient is that of a division by 1e-12.
            double difference = (gradient.to(ScalarType.Float64) - expectedGradient).index_select(0, tensor(new long[] { 0, 1, 2, 4, 5 })).abs().max().item<double>();
            difference.ShouldBeLessThan(2e-3 * Math.Max(1, expectedGradient.index_select(0, tensor(new long[] { 0, 1, 2, 4, 5 })).abs().max().item<double>()));
        }
    }

    [Theory]
    [InlineData("contrastive")]
    [InlineData("supcon")]
    [InlineData("multi-similarity")]
    [InlineData("circle")]
    public void A_factor_on_the_loss_is_one_on_the_gradient_and_nothing_leaks(string name)
    {
        using var loss = Make(name, Reduction.MeanActive);
        var (embeddings, labels, _) = Batch(300, 30, 16);
        Step(1);
        long before = Tensor.TotalCount;
        var (single, triple) = (Step(1), Step(3));
        Tensor.TotalCount.ShouldBe(before);
        for (int i = 0; i < single.Length; i++) triple[i].ShouldBe(3 * single[i], 1e-5);

        float[] Step(double factor)
        {
            using var scope = NewDisposeScope();
            var own = embeddings.detach().clone().requires_grad_();
            (loss.call(own, labels) * factor).backward();
            return own.grad!.data<float>().ToArray();
        }
    }

    private static EmbeddingLoss Make(string name, Reduction reduction) => name switch
    {
        "contrastive" => new ContrastiveLoss(reduction: reduction),
        "contrastive-margins" => new ContrastiveLoss(positiveMargin: 0.3, negativeMargin: 1.3, reduction: reduction),
        "supcon" => new SupConLoss(reduction: reduction),
        "supcon-cold" => new SupConLoss(0.01, reduction: reduction),
        "multi-similarity" => new MultiSimilarityLoss(reduction: reduction),
        "multi-similarity-steep" => new MultiSimilarityLoss(alpha: 40, beta: 200, threshold: -0.2, reduction: reduction),
        _ => new CircleLoss(reduction: reduction),
    };

    private static (Tensor Embeddings, Tensor Labels, Tensor Weights) Batch(int rows, int classes, int dimension)
    {
        using var generator = new Generator((ulong)((100 * rows) + classes));
        var embeddings = randn([rows, dimension], ScalarType.Float32, generator: generator);
        return (embeddings, arange(rows, ScalarType.Int64).remainder(classes), rand([rows], ScalarType.Float32, generator: generator));
    }

    private static (double Value, Tensor Gradient) Evaluate(EmbeddingLoss loss, Tensor embeddings, Tensor labels, Tensor? weights)
    {
        var own = embeddings.detach().clone().requires_grad_();
        var value = weights is null ? loss.call(own, labels) : loss.forward(own, labels, weights);
        value.backward();
        return (value.to(ScalarType.Float64).item<double>(), own.grad!);
    }
}

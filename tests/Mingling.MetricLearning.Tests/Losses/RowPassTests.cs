using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.Tests.Shared;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

/// <summary>The losses that go over the rows of the similarities once, in float32, against the general way in float64.</summary>
public sealed class RowPassTests
{
    private static readonly string[] Joined = ["ntxent", "ntxent-cold", "lifted", "lifted-margins", "angular", "angular-wide"];

    private static readonly string[] Triplets =
    [
        "batch-all", "batch-all-euclidean", "batch-all-cosine", "soft-margin", "soft-margin-sharp", "soft-margin-steep", "soft-margin-cosine", "batch-hard", "batch-hard-soft",
        "batch-easy", "hardest-negative", "semi-hard", "semi-hard-drawn", "semi-hard-soft", "violating",
    ];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string loss in (string[])["contrastive", "contrastive-margins", "supcon", "supcon-cold", "multi-similarity", "multi-similarity-steep", "circle", .. Joined, .. Triplets])
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
            _ => Reduction.Mean.WithClassWeights([.. Enumerable.Range(0, 300).Select(c => c % 3 * 0.7)]),
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
    [InlineData("proxy-anchor")]
    [InlineData("arcface")]
    [InlineData("arcface-wide")]
    [InlineData("cosface")]
    [InlineData("normface")]
    public void Losses_with_class_vectors_are_those_of_the_general_way(string name)
    {
        foreach (var reduction in new[] { Reduction.Mean, Reduction.MeanActive, Reduction.Sum, Reduction.Mean.WithClassWeights([.. Enumerable.Range(0, 300).Select(c => c % 3 * 0.7)]) })
            foreach (var (rows, classes, dimension) in new[] { (1, 1, 3), (2, 2, 3), (9, 4, 16), (64, 8, 32), (257, 40, 24) })
            {
                using var scope = NewDisposeScope();
                using var loss = Make(name, reduction, dimension);
                using var twin = Make(name, reduction, dimension);
                twin.to(ScalarType.Float64);
                var (embeddings, labels, weights) = Batch(rows, classes, dimension);
                foreach (bool weighted in new[] { false, true })
                {
                    loss.zero_grad();
                    twin.zero_grad();
                    var (value, gradient) = Evaluate(loss, embeddings, labels, weighted ? weights : null);
                    var (expected, expectedGradient) = Evaluate(twin, embeddings.to(ScalarType.Float64), labels, weighted ? weights.to(ScalarType.Float64) : null);
                    string what = $"{name} {reduction.Kind} {rows} rows of {classes} classes";
                    value.ShouldBe(expected, 2e-5 * Math.Max(1, Math.Abs(expected)), what);
                    Near(gradient, expectedGradient, what);
                    Near(loss.parameters().Single().grad!, twin.parameters().Single().grad!, what + ", vectors");
                }
            }

        static void Near(Tensor gradient, Tensor expected, string what)
        {
            double size = expected.abs().max().item<double>();
            (gradient.to(ScalarType.Float64) - expected).abs().max().item<double>().ShouldBeLessThanOrEqualTo((2e-4 * size) + 1e-6, what);
        }
    }

    [Theory]
    [InlineData("contrastive")]
    [InlineData("supcon")]
    [InlineData("multi-similarity")]
    [InlineData("circle")]
    [InlineData("ntxent")]
    [InlineData("lifted")]
    [InlineData("angular")]
    [InlineData("batch-all")]
    [InlineData("batch-all-euclidean")]
    [InlineData("soft-margin")]
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
    [InlineData("ntxent")]
    [InlineData("lifted")]
    [InlineData("angular")]
    [InlineData("batch-all")]
    [InlineData("batch-all-euclidean")]
    [InlineData("soft-margin")]
    [InlineData("batch-hard")]
    [InlineData("semi-hard")]
    public void A_factor_on_the_loss_is_one_on_the_gradient_and_nothing_leaks(string name)
    {
        using var loss = Make(name, Reduction.MeanActive);
        var (embeddings, labels, _) = Batch(300, 30, 16);
        LiveTensors.ShouldNotGrowWith(() => Step(1));
        var (single, triple) = (Step(1), Step(3));
        for (int i = 0; i < single.Length; i++) triple[i].ShouldBe(3 * single[i], 1e-5);

        float[] Step(double factor)
        {
            using var scope = NewDisposeScope();
            var own = embeddings.detach().clone().requires_grad_();
            (loss.call(own, labels) * factor).backward();
            return own.grad!.data<float>().ToArray();
        }
    }

    private static EmbeddingLoss Make(string name, Reduction reduction, int dimension = 3) => name switch
    {
        "contrastive" => new ContrastiveLoss(reduction: reduction),
        "contrastive-margins" => new ContrastiveLoss(positiveMargin: 0.3, negativeMargin: 1.3, reduction: reduction),
        "supcon" => new SupConLoss(reduction: reduction),
        "supcon-cold" => new SupConLoss(0.01, reduction: reduction),
        "multi-similarity" => new MultiSimilarityLoss(reduction: reduction),
        "multi-similarity-steep" => new MultiSimilarityLoss(alpha: 40, beta: 200, threshold: -0.2, reduction: reduction),
        "circle" => new CircleLoss(reduction: reduction),
        "ntxent" => new NtXentLoss(reduction: reduction),
        "ntxent-cold" => new NtXentLoss(0.01, reduction: reduction),
        "lifted" => new LiftedStructureLoss(reduction: reduction),
        "lifted-margins" => new LiftedStructureLoss(1.3, 6.5, reduction: reduction),
        "angular" => new AngularLoss(reduction: reduction),
        "angular-wide" => new AngularLoss(55, reduction: reduction),
        "batch-all" => new TripletLoss(reduction: reduction),
        "batch-all-euclidean" => new TripletLoss(0.3, new EuclideanDistance(), reduction: reduction),
        "batch-all-cosine" => new TripletLoss(0.1, new CosineSimilarity(), reduction: reduction),
        "soft-margin" => new TripletLoss(form: TripletForm.SoftMargin, reduction: reduction),
        "soft-margin-sharp" => new TripletLoss(0.1, new EuclideanDistance(), form: TripletForm.SoftMargin, sharpness: 30, reduction: reduction),
        "soft-margin-steep" => new TripletLoss(2, form: TripletForm.SoftMargin, sharpness: 30, reduction: reduction),
        "soft-margin-cosine" => new TripletLoss(0, new CosineSimilarity(), form: TripletForm.SoftMargin, sharpness: 5, reduction: reduction),
        "batch-hard" => new TripletLoss(miner: new BatchHardMiner(), reduction: reduction),
        "batch-hard-soft" => new TripletLoss(measure: new EuclideanDistance(), miner: new BatchHardMiner(), form: TripletForm.SoftMargin, sharpness: 3, reduction: reduction),
        "batch-easy" => new TripletLoss(miner: new BatchHardMiner(PositiveChoice.Easy, NegativeChoice.SemiHard), reduction: reduction),
        "hardest-negative" => new TripletLoss(miner: new HardestNegativeMiner(), reduction: reduction),
        "semi-hard" => new TripletLoss(0.4, miner: new SemiHardMiner(), reduction: reduction),
        "semi-hard-drawn" => new TripletLoss(0.4, miner: new SemiHardMiner(0.6, seed: 4), reduction: reduction),
        "semi-hard-soft" => new TripletLoss(0.4, new CosineSimilarity(), new SemiHardMiner(), TripletForm.SoftMargin, reduction: reduction),
        "violating" => new TripletLoss(0.4, miner: new RandomViolatingMiner(), reduction: reduction),
        "proxy-anchor" => new ProxyAnchorLoss(300, dimension, reduction: reduction),
        "arcface" => new ArcFaceLoss(300, dimension, reduction: reduction),
        "arcface-wide" => new ArcFaceLoss(300, dimension, margin: 120, scale: 10, reduction: reduction),
        "cosface" => new CosFaceLoss(300, dimension, reduction: reduction),
        "normface" => new NormFaceLoss(300, dimension, reduction: reduction),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "there is no such loss."),
    };

    // A seed without distances so near one another that rounding decides which of them is chosen.
    private static (Tensor Embeddings, Tensor Labels, Tensor Weights) Batch(int rows, int classes, int dimension)
    {
        using var generator = new Generator((ulong)((101 * rows) + classes));
        var embeddings = randn([rows, dimension], ScalarType.Float32, generator: generator);
        return (embeddings, arange(rows, ScalarType.Int64).remainder(classes), rand([rows], ScalarType.Float32, generator: generator));
    }

    private static (double Value, Tensor Gradient) Evaluate(EmbeddingLoss loss, Tensor embeddings, Tensor labels, Tensor? weights)
    {
        var own = embeddings.detach().clone().requires_grad_();
        loss.Restart(5); // miners draw the same again
        var value = weights is null ? loss.call(own, labels) : loss.forward(own, labels, weights);
        value.backward();
        return (value.to(ScalarType.Float64).item<double>(), own.grad!);
    }
}

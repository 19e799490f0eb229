using CsCheck;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Miners;

/// <summary>The kernels over raw rows against the same by torch operations.</summary>
public sealed class KernelTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Counts_of_kernel_and_torch_are_equal(ScalarType dtype) => Gen.Select(Sizes, Gen.Double[-1, 2], Gen.Bool).Sample(
        (batch, threshold, inclusive) =>
        {
            using var scope = NewDisposeScope();
            var view = View(batch, dtype);
            foreach (double limit in new[] { threshold, 0, double.PositiveInfinity })
            {
                var kernel = TripletCounts.Below(view, limit, inclusive);
                var torch = TripletCounts.BySorting(view, limit, inclusive);
                ShouldBeEqual(kernel.Weights, torch.Weights);
                ShouldBeEqual(kernel.Count, torch.Count);
            }
        },
        iter: 60);

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Search_of_kernel_and_torch_is_equal(ScalarType dtype) => Gen.Select(Sizes, Gen.Double[0, 2]).Sample(
        (batch, width) =>
        {
            using var scope = NewDisposeScope();
            var view = View(batch, dtype);
            var lower = view.SlotCosts();
            var upper = lower + width;
            var (kernel, found) = NegativeSearch.Between(view, lower, upper);
            var (torch, alsoFound) = NegativeSearch.BySorting(view, lower, upper, null);
            var valid = view.Slots.Valid;
            ShouldBeEqual(valid.logical_and(found), valid.logical_and(alsoFound));
            var chosen = valid.logical_and(found);
            var costs = view.Cost;
            ShouldBeEqual(costs.gather(1, kernel).masked_fill(chosen.logical_not(), 0), costs.gather(1, torch).masked_fill(chosen.logical_not(), 0));
        },
        iter: 60);

    [Fact]
    public void Random_search_draws_every_candidate_equally()
    {
        using var scope = NewDisposeScope();
        var embeddings = tensor(new double[] { 0, 0.1, 0.2, 0.3, 0.4, 5 }, [6, 1]);
        var labels = tensor(new long[] { 0, 0, 1, 1, 1, 1 });
        var miner = new RandomViolatingMiner(margin: 1, seed: 1);
        var drawn = new Dictionary<long, int>();
        for (int i = 0; i < 3000; i++)
        {
            long negative = miner.Mine(embeddings, labels, new EuclideanDistance(normalize: false)).First(t => t is { Anchor: 0, Positive: 1 }).Negative;
            drawn[negative] = drawn.GetValueOrDefault(negative) + 1;
        }
        drawn.Keys.Order().ShouldBe([2, 3, 4]); // the last lies beyond the margin
        drawn.Values.ShouldAllBe(count => count > 900 && count < 1100);
    }

    private static void ShouldBeEqual(Tensor first, Tensor second)
    {
        first.shape.ShouldBe(second.shape);
        first.eq(second).all().item<bool>().ShouldBeTrue();
    }

    private static Gen<RandomBatch> Sizes { get; } =
        from size in Gen.Int[1, 260]
        from classes in Gen.Int[1, Math.Min(size, 40)] // few classes have many positives, which are sorted
        from labels in Gen.Long[0, classes - 1].Array[size]
        from rows in Gen.Int[-3, 3].Select(value => value / 2.0).Array[2].Array[size] // a grid has many ties
        select new RandomBatch(rows, labels);

    private static TripletView View(RandomBatch batch, ScalarType dtype) =>
        new(PairView.Within(batch.Embeddings(dtype).detach(), batch.LabelTensor()), new SquaredEuclideanDistance(normalize: false), 0.2);
}

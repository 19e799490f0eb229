using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

/// <summary>What losses and miners do with tensors on an accelerator, where no number is read back, computed on the CPU beside what they do there.</summary>
public sealed class DeviceTwinTests
{
    public static TheoryData<string> Losses() =>
        new("angular", "circle", "contrastive", "generalized-lifted", "lifted", "multi-similarity", "nca", "ntxent", "ranked-list", "supcon", "tuplet");

    [Theory, MemberData(nameof(Losses))]
    public void Pair_losses_with_a_slot_for_each_column_are_the_same(string name)
    {
        foreach (var (rows, classes) in new[] { (2, 1), (2, 2), (9, 4), (33, 33), (60, 7) })
        {
            using var scope = NewDisposeScope();
            using var loss = Make(name);
            var (own, twin, labels) = Batch(rows, classes);
            var value = loss.Compute(LossBatch.AtLeastSingle(own, labels), PairView.Within(own, labels));
            var other = loss.Compute(LossBatch.AtLeastSingle(twin, labels), PairView.Within(twin, labels).AsOnADevice());
            value.backward();
            other.backward();
            other.ShouldBeNear(value, 1e-10, $"{name} of {rows} rows");
            (twin.grad ?? zeros_like(twin)).ShouldBeNear(own.grad ?? zeros_like(own), 1e-9, $"gradient of {name} of {rows} rows");
        }
    }

    [Fact]
    public void Miners_with_a_slot_for_each_column_choose_the_same()
    {
        foreach (var miner in new SelectingMiner[] { new BatchHardMiner(), new BatchHardMiner(PositiveChoice.Easy, NegativeChoice.SemiHard), new HardestNegativeMiner(), new SemiHardMiner() })
        {
            using var scope = NewDisposeScope();
            var (own, _, labels) = Batch(40, 6);
            var view = PairView.Within(own.detach(), labels);
            Triplets(view).ShouldBe(Triplets(view.AsOnADevice()), miner.GetType().Name);

            List<(long, long, long)> Triplets(PairView pairs)
            {
                var chosen = miner.Select(new TripletView(pairs, new SquaredEuclideanDistance(), 0.5));
                long slots = chosen.Valid.shape[1];
                bool[] valid = chosen.Valid.data<bool>().ToArray();
                long[] positive = chosen.Positive.contiguous().data<long>().ToArray(), negative = chosen.Negative.contiguous().data<long>().ToArray();
                return [.. Enumerable.Range(0, valid.Length).Where(i => valid[i]).Select(i => (i / slots, positive[i], negative[i])).Order()];
            }
        }
    }

    private static PairLoss Make(string name) => name switch
    {
        "angular" => new AngularLoss(),
        "circle" => new CircleLoss(),
        "contrastive" => new ContrastiveLoss(),
        "generalized-lifted" => new GeneralizedLiftedStructureLoss(),
        "lifted" => new LiftedStructureLoss(),
        "multi-similarity" => new MultiSimilarityLoss(),
        "nca" => new NcaLoss(),
        "ntxent" => new NtXentLoss(),
        "ranked-list" => new RankedListLoss(),
        "supcon" => new SupConLoss(),
        "tuplet" => new TupletMarginLoss(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "there is no such loss."),
    };

    private static (Tensor Own, Tensor Twin, Tensor Labels) Batch(int rows, int classes)
    {
        using var generator = new Generator((ulong)((100 * rows) + classes));
        var embeddings = randn([rows, 6], ScalarType.Float64, generator: generator);
        return (embeddings.clone().requires_grad_(), embeddings.clone().requires_grad_(), arange(rows, ScalarType.Int64).remainder(classes));
    }
}

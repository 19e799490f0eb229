using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Tests.Support;

namespace Mingling.MetricLearning.Tests.Miners;

public sealed class MinerLeakTests
{
    private static readonly TripletMiner[] TripletMiners =
    [
        new AllTripletsMiner(), new BatchHardMiner(), new BatchHardMiner(PositiveChoice.Easy, NegativeChoice.SemiHard), new SemiHardMiner(),
        new HardestNegativeMiner(), new RandomViolatingMiner(), new DistanceWeightedMiner(), new TripletMarginMiner(), new AngularMiner(),
    ];

    [NoLeaks]
    [Fact]
    public void Mining_leaves_no_tensor_behind()
    {
        var (embeddings, labels) = Batches.Episodes();
        using (embeddings)
        using (labels)
        {
            foreach (var miner in TripletMiners)
            {
                foreach (var triplet in miner.Mine(embeddings, labels))
                {
                    triplet.Positive.ShouldNotBe(triplet.Anchor);
                    LabelOf(triplet.Positive).ShouldBe(LabelOf(triplet.Anchor));
                    LabelOf(triplet.Negative).ShouldNotBe(LabelOf(triplet.Anchor));
                }
            }
            new MultiSimilarityMiner().Mine(embeddings, labels);
            new PairMarginMiner().Mine(embeddings, labels);
            new OfflineMiner().Mine(embeddings, labels);
            using var loss = new TripletLoss();
            loss.Triplets.Count(embeddings, labels);

            long LabelOf(long row)
            {
                using var label = labels[row];
                return label.item<long>();
            }
        }
    }
}

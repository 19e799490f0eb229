using CsCheck;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Miners;

public sealed class OfflineMinerTests
{
    [Fact]
    public void Blocks_find_what_batch_hard_finds_at_once() => Gen.Select(RandomBatch.WithoutCopies, Gen.Int[1, 5]).Sample(
        (batch, blockRows) =>
        {
            using var scope = NewDisposeScope();
            var (embeddings, labels) = (batch.Embeddings().detach(), batch.LabelTensor());
            var distance = new EuclideanDistance(normalize: false);
            var found = new OfflineMiner(distance, blockRows).Mine(embeddings, labels);
            found.Count.ShouldBe(batch.Labels.Length);
            foreach (var triplet in new BatchHardMiner().Mine(embeddings, labels, distance))
                found[(int)triplet.Anchor].ShouldBe(new HardNeighbors(triplet.Positive, triplet.Negative));
            for (int i = 0; i < found.Count; i++)
            {
                (found[i].FarthestPositive < 0).ShouldBe(batch.Labels.Count(label => label == batch.Labels[i]) == 1);
                (found[i].NearestNegative < 0).ShouldBe(batch.Labels.All(label => label == batch.Labels[i]));
            }
        },
        iter: 60);

    [Fact]
    public void Statistics_count_easy_semi_hard_and_hard_triplets() => RandomBatch.WithoutCopies.Sample(
        batch =>
        {
            using var scope = NewDisposeScope();
            var (embeddings, labels) = (batch.Embeddings().detach(), batch.LabelTensor());
            using var loss = new Mingling.MetricLearning.Losses.TripletLoss(0.4);
            var statistics = loss.Triplets.Count(embeddings, labels);
            int Count(TripletHardness hardness) =>
                new TripletMarginMiner(hardness, 0.4).Mine(embeddings, labels, new SquaredEuclideanDistance()).Count;
            statistics.ShouldBe(new TripletStatistics(batch.Triplets().Count(), Count(TripletHardness.Hard), Count(TripletHardness.SemiHard)));
            statistics.Easy.ShouldBe(Count(TripletHardness.Easy));
        },
        iter: 60);
}

using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public class TripletFormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void SoftMargin_is_the_sharpened_softplus_of_every_triplet(double sharpness)
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batch();
        foreach (var miner in new TripletMiner[] { new AllTripletsMiner(), new BatchHardMiner() })
        {
            using var loss = new TripletLoss(0.1, miner: miner, form: TripletForm.SoftMargin, reduction: Reduction.Mean, sharpness: sharpness);
            var triplets = miner.Mine(embeddings, labels, loss.Measure, 0.1);
            var distances = loss.Measure.Between(embeddings, embeddings);
            double expected = triplets.Average(t =>
                Math.Log(1 + Math.Exp(sharpness * (At(distances, t.Anchor, t.Positive) - At(distances, t.Anchor, t.Negative) + 0.1))) / sharpness);
            loss.call(embeddings, labels).item<double>().ShouldBe(expected, 1e-9);
        }
    }

    [Fact]
    public void SoftMargin_of_great_sharpness_is_the_hinge()
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batch();
        using var soft = new TripletLoss(0.2, form: TripletForm.SoftMargin, reduction: Reduction.Mean, sharpness: 1e5);
        using var hinge = new TripletLoss(0.2, reduction: Reduction.Mean);
        soft.call(embeddings, labels).item<double>().ShouldBe(hinge.call(embeddings, labels).item<double>(), 1e-4);
    }

    [Fact]
    public void PreparedTriplets_are_the_rows_three_by_three_where_labels_fit()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var embeddings = randn(10, 4, ScalarType.Float64);
        var labels = tensor(new long[] { 1, 1, 2, 5, 5, 5, 3, 3, 1, 1 });
        var triplets = new PreparedTripletMiner().Mine(embeddings, labels);
        triplets.ShouldBe([new MinedTriplet(0, 1, 2), new MinedTriplet(6, 7, 8)]);
        new PreparedTripletMiner().Mine(embeddings.narrow(0, 0, 1), labels.narrow(0, 0, 1)).ShouldBeEmpty();
    }

    private static (Tensor Embeddings, Tensor Labels) Batch()
    {
        manual_seed(7);
        return (randn(12, 5, ScalarType.Float64), tensor(new long[] { 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4 }));
    }

    private static double At(Tensor distances, long row, long column) => distances[row, column].item<double>();
}

using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

/// <summary>Pair losses of a batch against a set that does not hold it.</summary>
public sealed class ReferenceSetTests
{
    private static readonly long[] Labels = [0, 1, 2];
    private static readonly long[] ReferenceLabels = [2, 0, 0, 1, 3];

    [Fact]
    public void Contrastive_loss_counts_every_pair_of_batch_and_reference()
    {
        using var scope = NewDisposeScope();
        var (batch, reference) = Sets();
        using var loss = new ContrastiveLoss(new EuclideanDistance());
        var first = batch.repeat_interleave(5, 0);
        var second = reference.repeat(3, 1);
        var same = tensor(Labels).unsqueeze(1).eq(tensor(ReferenceLabels).unsqueeze(0)).reshape(-1);
        Against(loss, batch, reference).ShouldBeNear(loss.OfPairs(first, second, same), 1e-12, "pairs");
    }

    [Fact]
    public void Angular_loss_matches_the_loop()
    {
        using var scope = NewDisposeScope();
        var (batch, reference) = Sets();
        using var loss = new AngularLoss(40);
        double t = Math.Pow(Math.Tan(40 * Math.PI / 180), 2);
        var cosine = new CosineSimilarity();
        var between = cosine.Between(batch, reference);
        var among = cosine.Between(reference, reference);
        var terms =
            from a in Enumerable.Range(0, Labels.Length)
            from p in Enumerable.Range(0, ReferenceLabels.Length)
            where ReferenceLabels[p] == Labels[a]
            let s = between[a, p].item<double>()
            select Math.Log(1 + Enumerable.Range(0, ReferenceLabels.Length).Where(n => ReferenceLabels[n] != Labels[a])
                .Sum(n => Math.Exp(4 * t * (between[a, n].item<double>() + among[p, n].item<double>()) - 2 * (1 + t) * s)));
        Against(loss, batch, reference).ShouldBeNear(terms.Average(), 1e-10, "angular");
    }

    [Fact]
    public void Reference_of_another_width_is_refused()
    {
        using var scope = NewDisposeScope();
        var (batch, _) = Sets();
        using var loss = new NtXentLoss();
        Should.Throw<ArgumentException>(() => loss.forward(batch, tensor(Labels), ones(1, 3, ScalarType.Float64), tensor(new long[] { 0 })))
            .Message.ShouldContain("features");
    }

    [Fact]
    public void Distances_in_blocks_are_those_at_once()
    {
        using var scope = NewDisposeScope();
        var (batch, reference) = Sets();
        foreach (var measure in new PairMeasure[] { new EuclideanDistance(), new LpDistance(1.5), new SignalToNoiseDistance(), new DotProductSimilarity() })
        {
            var whole = measure.Between(batch, reference);
            measure.InBlocks(batch, reference, 2, (start, block) => block.ShouldBeNear(whole.narrow(0, start, block.shape[0]), 1e-12, measure.GetType().Name));
            measure.Rowwise(batch, reference.narrow(0, 1, 3)).ShouldBeNear(whole.diagonal(1), 1e-10, measure.GetType().Name);
        }
    }

    private static Tensor Against(PairLoss loss, Tensor batch, Tensor reference) =>
        loss.forward(batch, tensor(Labels), reference, tensor(ReferenceLabels));

    private static (Tensor Batch, Tensor Reference) Sets() =>
        (Batches.Random(Labels, 1).Embeddings, Batches.Random(ReferenceLabels, 2).Embeddings);
}

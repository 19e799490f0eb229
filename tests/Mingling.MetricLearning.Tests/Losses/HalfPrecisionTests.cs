using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public sealed class HalfPrecisionTests
{
    private static readonly ScalarType[] Halves = [ScalarType.Float16, ScalarType.BFloat16];

    public static TheoryData<string> All() => Expressions.Theory();

    [NoLeaks]
    [Theory, MemberData(nameof(All))]
    public void Half_precision_is_computed_in_single(string expression)
    {
        foreach (var half in Halves)
        {
            using var scope = NewDisposeScope();
            using var loss = Expressions.Make(expression);
            using var single = Expressions.Make(expression);
            var (rows, labels) = Batches.Episodes(dtype: half);
            var embeddings = rows.clone().requires_grad_();
            var twin = rows.to(ScalarType.Float32).requires_grad_();
            for (int step = 0; step < 2; step++)
            {
                var value = loss.call(embeddings, labels);
                var expected = single.call(twin, labels);
                value.ShouldBeNear(expected, 0, expression);
                value.backward();
                expected.backward();
                loss.Update(embeddings, labels);
                single.Update(twin, labels);
            }
            embeddings.grad!.dtype.ShouldBe(half);
            embeddings.grad!.ShouldBeNear(twin.grad!, 0.02, expression);
        }
    }

    [Fact]
    public void Measures_and_other_entries_compute_in_single()
    {
        foreach (var half in Halves)
        {
            using var scope = NewDisposeScope();
            var (rows, labels) = Batches.Episodes(dtype: half);
            var wide = rows.to(ScalarType.Float32);
            var measure = new EuclideanDistance();
            measure.Between(rows, rows).ShouldBeNear(measure.Between(wide, wide), 0, "between");
            measure.Rowwise(rows, rows.flip(0)).ShouldBeNear(measure.Rowwise(wide, wide.flip(0)), 0, "row by row");
            using var pairs = new ContrastiveLoss(measure);
            pairs.forward(rows, labels, rows, labels).ShouldBeNear(pairs.forward(wide, labels, wide, labels), 0, "reference");
            using var episodes = new Ge2eLoss(3);
            episodes.OfEpisodes(rows.view(4, 3, -1)).ShouldBeNear(episodes.OfEpisodes(wide.view(4, 3, -1)), 0, "episodes");
            using var triplets = new ExplicitTripletLoss();
            triplets.call(rows, rows.flip(0), rows.roll(1, 0)).ShouldBeNear(triplets.call(wide, wide.flip(0), wide.roll(1, 0)), 0, "explicit");
        }
    }

    [Fact]
    public void Weights_of_another_type_are_named()
    {
        using var scope = NewDisposeScope();
        var (rows, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        using var loss = new SoftmaxLoss(Batches.Classes, Batches.Dimension);
        loss.to(ScalarType.Float64);
        Should.Throw<ArgumentException>(() => loss.call(rows, labels)).Message.ShouldContain("Float64");
    }
}

using CsCheck;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public sealed class ScoreLossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Auc_hinge_matches_all_pairs_with_its_gradient(int power) => Gen.Select(Gen.Int[-40, 40].Array[1, 30], Gen.Int[-40, 40].Array[1, 30], Gen.Int[0, 3]).Sample(
        (first, second, margin) =>
        {
            using var scope = NewDisposeScope();
            using var loss = new PairwiseAucHinge(margin + 0.01, power);
            Tensor Scores(int[] values) => tensor(values.Select(value => value / 10.0).ToArray()).requires_grad_();
            var (targets, others) = (Scores(first), Scores(second));
            var (twinTargets, twinOthers) = (Scores(first), Scores(second));
            var value = loss.call(targets, others);
            var naive = (margin + 0.01 - (twinTargets.unsqueeze(1) - twinOthers.unsqueeze(0))).clamp_min(0).pow(power).mean();
            value.backward();
            naive.backward();
            value.ShouldBeNear(naive, 1e-10, "value");
            targets.grad!.ShouldBeNear(twinTargets.grad!, 1e-9, "gradient of the targets");
            others.grad!.ShouldBeNear(twinOthers.grad!, 1e-9, "gradient of the others");
        },
        iter: 100);

    [Fact]
    public void Auc_hinge_without_targets_is_zero()
    {
        using var scope = NewDisposeScope();
        using var loss = new PairwiseAucHinge();
        var others = ones(3).requires_grad_();
        var value = loss.call(zeros(0), others.narrow(0, 0, 0));
        value.item<float>().ShouldBe(0);
    }

    [Fact]
    public void Margin_ranking_matches_its_formula()
    {
        using var scope = NewDisposeScope();
        using var loss = new MarginRankingLoss(0.5);
        var value = loss.call(tensor(new[] { 1.0, 0.2, 3 }), tensor(new[] { 0.8, 0.9, -1 }), tensor(new long[] { 1, -1, 1 }));
        value.item<double>().ShouldBe((0.3 + 0 + 0) / 3, 1e-12);
    }

    [Fact]
    public void Explicit_triplets_need_equal_shapes()
    {
        using var scope = NewDisposeScope();
        using var loss = new ExplicitTripletLoss();
        Should.Throw<ArgumentException>(() => loss.call(ones(2, 3), ones(2, 3), ones(2, 4))).Message.ShouldContain("negative must have the shape [2, 3]");
    }
}

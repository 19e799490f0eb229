using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public sealed class StatefulLossTests
{
    [Fact]
    public void Memory_holds_the_latest_rows_and_compares_with_them()
    {
        using var scope = NewDisposeScope();
        var (first, firstLabels) = Batches.Episodes(seed: 1);
        var (second, secondLabels) = Batches.Episodes(seed: 2);
        var (batch, labels) = Batches.Random([0, 1, 2], seed: 3);
        using var memory = new CrossBatchMemoryLoss(new NtXentLoss(0.5), 15, Batches.Dimension);
        memory.to(ScalarType.Float64);
        memory.Update(first, firstLabels);
        memory.Update(second, secondLabels);
        using var plain = new NtXentLoss(0.5, reduction: Reduction.None);
        var all = cat([batch, first.narrow(0, 9, 3), second], 0);
        var allLabels = cat([labels, firstLabels.narrow(0, 9, 3), secondLabels], 0);
        var anchors = plain.call(all, allLabels).narrow(0, 0, 3).sum(); // the rows of the memory are no anchors
        var positives = allLabels.unsqueeze(0).eq(labels.unsqueeze(1)).sum() - 3;
        memory.call(batch, labels).ShouldBeNear(anchors / positives, 1e-12, "memory");
    }

    [Fact]
    public void Memory_refuses_negative_labels()
    {
        using var scope = NewDisposeScope();
        var (batch, _) = Batches.Random([0, 1, 2]);
        using var memory = new CrossBatchMemoryLoss(new NtXentLoss(), 15, Batches.Dimension);
        Should.Throw<ArgumentException>(() => memory.Update(batch, tensor(new long[] { 0, -1, 2 }))).Message.ShouldContain("Label -1");
    }

    [Fact]
    public void Oim_moves_its_table_and_queues_the_unknown()
    {
        using var scope = NewDisposeScope();
        using var loss = new OimLoss(2, 2, queue: 2, scale: 1);
        loss.to(ScalarType.Float64);
        loss.Update(tensor(new double[] { 2, 0, 0, 3 }, [2, 2]), tensor(new long[] { 0, 1 }));
        loss.Table.ShouldBeNear(tensor(new double[] { 1, 0, 0, 1 }, [2, 2]), 1e-12, "table");
        loss.Update(tensor(new double[] { 0, 1, 1, 1, -1, 0, 0, -1 }, [4, 2]), tensor(new long[] { 0, -1, -1, -1 }));
        loss.Table[0].ShouldBeNear(tensor(new[] { Math.Sqrt(0.5), Math.Sqrt(0.5) }), 1e-12, "half old, half new");
        // Of three unknown the queue holds the last two: (-1, 0) and (0, -1).
        var value = loss.call(tensor(new double[] { 1, 0, 5, 5 }, [2, 2]), tensor(new long[] { 1, -1 }));
        double[] logits = new[] { Math.Sqrt(0.5), 0, -1, 0 };
        value.item<double>().ShouldBe(Math.Log(logits.Sum(Math.Exp)) - logits[1], 1e-12);
    }

    [Fact]
    public void Dynamic_adacos_follows_the_batches_only_in_training()
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        using var loss = new AdaCosLoss(Batches.Classes, Batches.Dimension);
        double start = Math.Sqrt(2) * Math.Log(Batches.Classes - 1);
        loss.eval();
        loss.call(embeddings, labels);
        loss.Scale.item<float>().ShouldBe((float)start, 1e-6f);
        loss.train();
        loss.call(embeddings, labels);
        var cosines = loss.Cosines(embeddings);
        var own = nn.functional.one_hot(labels, Batches.Classes).to(ScalarType.Bool);
        float wrong = (cosines * start).exp().masked_fill(own, 0).sum(1).mean().item<float>();
        double angle = Math.Min(Math.PI / 4, cosines.masked_select(own).acos().median().item<float>());
        ((double)loss.Scale.item<float>()).ShouldBe(Math.Log(wrong) / Math.Cos(angle), 1e-4);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(5, 0.1)]
    [InlineData(7.5, 0.2)]
    [InlineData(10, 0.3)]
    [InlineData(99, 0.3)]
    public void Linear_schedule_rises_between_its_ends(double step, double margin)
    {
        using var loss = new CosFaceLoss(3, 4);
        new MarginSchedule(0.1, 0.3, 5, 10).Apply(loss, step);
        loss.Margin.ShouldBe(margin, 1e-12);
    }

    [Fact]
    public void Separation_of_centers_matches_the_class_means()
    {
        using var scope = NewDisposeScope();
        var rows = tensor(new double[] { 0, 0, 2, 0, 1, 1 }, [3, 2]);
        var labels = tensor(new long[] { 0, 0, 2 });
        using var plain = new CenterLoss(4, 2);
        using var apart = new CenterLoss(4, 2, separation: new CenterSeparation(0.5, Margin: 3));
        var extra = apart.call(rows, labels) - plain.call(rows, labels);
        extra.item<double>().ShouldBe(0.5 * Math.Pow(3 - 1, 2), 1e-9); // the means (1, 0) and (1, 1) are 1 apart
    }

    [Fact]
    public void Orthogonality_is_the_greatest_deviation_of_an_eigenvalue()
    {
        using var scope = NewDisposeScope();
        var orthogonal = eye(3, dtype: ScalarType.Float64).narrow(0, 0, 2);
        using (var none = OrthogonalityPenalty.ByEigenvalues(orthogonal)) none.item<double>().ShouldBe(0, 1e-12);
        using var penalty = OrthogonalityPenalty.ByEigenvalues(orthogonal * 2);
        penalty.item<double>().ShouldBe(3, 1e-12); // ‖4 I − I‖
    }

    [Fact]
    public void Orthogonality_by_power_iteration_has_the_value_and_the_gradient_of_the_exact_one()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var weight = randn(6, 9, dtype: ScalarType.Float64).requires_grad_();
        OrthogonalityPenalty.ByEigenvalues(weight).backward();
        var expected = weight.grad!.clone();
        _ = weight.grad.zero_();
        var value = OrthogonalityPenalty.ByPowerIteration(weight, iterations: 500);
        value.backward();
        value.item<double>().ShouldBe(OrthogonalityPenalty.ByEigenvalues(weight).item<double>(), 1e-9);
        weight.grad.allclose(expected, 1e-5, 1e-5).ShouldBeTrue();
        OrthogonalityPenalty.ByPowerIteration(weight, iterations: 3).item<double>().ShouldBeLessThanOrEqualTo(value.item<double>() + 1e-12);

        var orthogonal = eye(3, dtype: ScalarType.Float64).requires_grad_();
        OrthogonalityPenalty.ByPowerIteration(orthogonal).backward();
        orthogonal.grad!.isfinite().all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Losses_of_a_filter_look_at_its_output_and_not_at_the_embeddings()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var (embeddings, pooled, weight) = (randn(8, 4), randn(8, 10).requires_grad_(), randn(3, 5).requires_grad_());
        var labels = tensor(new long[] { 0, 0, 1, 1, 2, 2, 3, 3 });
        using var joint = JointLoss.Parse("2 filter(loss: triplet(margin: 0.3)) + filter(loss: inner-class) + 0.5 orthogonality(iterations: 200)", Support.Expressions.Context);
        using var report = joint.Evaluate(embeddings, labels, new FilterOutput(pooled, [weight]));
        using var triplet = new TripletLoss(margin: 0.3);
        using var inner = new InnerClassLoss();
        double expected = 2 * triplet.call(pooled, labels).item<float>() + inner.call(pooled, labels).item<float>()
            + 0.5 * OrthogonalityPenalty.ByEigenvalues(weight).item<float>();
        report.Total.item<float>().ShouldBe((float)expected, 1e-4f);
        report.Total.backward();
        pooled.grad!.abs().sum().item<float>().ShouldBeGreaterThan(0);
        weight.grad!.abs().sum().item<float>().ShouldBeGreaterThan(0);

        using var without = joint.Evaluate(embeddings, labels);
        without.Total.item<float>().ShouldBe(0);
    }
}

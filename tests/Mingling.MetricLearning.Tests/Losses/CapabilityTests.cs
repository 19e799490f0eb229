using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;

namespace Mingling.MetricLearning.Tests.Losses;

/// <summary>What each loss says of itself, by which a trainer chooses batches, mixtures, the classifier and what it reports.</summary>
public sealed class CapabilityTests
{
    private static readonly string[] Classifiers = ["softmax", "normface", "cosface", "arcface", "sphereface", "large-margin-softmax", "adacos", "proxy-nca", "soft-triple"];

    private static readonly string[] Episodes = ["prototypical", "angular-prototypical", "ge2e"];

    [Fact]
    public void Losses_that_compare_samples_require_several_of_a_class()
    {
        string[] single = [.. Classifiers, "center", "multi-class-hinge", "proxy-anchor", "oim", "orthogonality"];
        foreach (string name in Expressions.Catalog.Names)
        {
            using var joint = Expressions.Make(name);
            var expected = single.Contains(name) ? BatchComposition.Any : Episodes.Contains(name) ? BatchComposition.Episodes : BatchComposition.Classes;
            joint.Parts[0].Loss.Batches.Composition.ShouldBe(expected, name);
            joint.Batches.ShouldBe(joint.Parts[0].Loss.Batches);
        }
    }

    [Fact]
    public void Requirements_tell_shots_and_the_measure_of_prepared_triplets()
    {
        using var joint = Expressions.Make("ge2e(shots: 3) + triplet(mining: offline, measure: cosine) + softmax");
        joint.Parts[0].Loss.Batches.ShouldBe(BatchRequirement.Episodes(3));
        joint.Parts[1].Loss.Batches.ShouldBe(BatchRequirement.Triplets(((TripletLoss)joint.Parts[1].Loss).Measure));
        joint.Batches.Composition.ShouldBe(BatchComposition.Triplets);
        Should.Throw<ArgumentOutOfRangeException>(() => BatchRequirement.Episodes(1));
    }

    [Fact]
    public void Losses_that_judge_each_sample_by_itself_accept_mixtures()
    {
        foreach (string name in Expressions.Catalog.Names)
        {
            using var joint = Expressions.Make(name);
            joint.AcceptsMixtures.ShouldBe(Classifiers.Contains(name) || name == "orthogonality", name);
        }
        using var mixed = Expressions.Make("softmax + center");
        mixed.AcceptsMixtures.ShouldBeFalse();
    }

    [Fact]
    public void Losses_of_a_filter_say_that_they_read_it()
    {
        foreach (string name in Expressions.Catalog.Names)
        {
            using var joint = Expressions.Make(name);
            joint.ReadsFilter.ShouldBe(name is "filter" or "orthogonality", name);
        }
    }

    [Theory]
    [InlineData("arcface(scale: 20)", 20.0)]
    [InlineData("cosface(scale: 20)", 20.0)]
    [InlineData("normface(temperature: 0.1)", 10.0)]
    [InlineData("proxy-anchor(alpha: 16)", 16.0)]
    [InlineData("sphereface", null)]
    [InlineData("large-margin-softmax", null)]
    [InlineData("proxy-nca", null)]
    [InlineData("softmax", null)]
    [InlineData("soft-triple(centers: 1)", null)]
    public void Learned_class_vectors_come_with_the_scale_of_the_logits(string expression, double? scale)
    {
        using var joint = Expressions.Make(expression);
        var learned = joint.LearnedClassVectors().ShouldNotBeNull();
        learned.Vectors.shape.ShouldBe([Batches.Classes, Batches.Dimension]);
        learned.Scale.ShouldBe(scale);
    }

    [Theory]
    [InlineData("arcface(centers: 2)")]
    [InlineData("soft-triple")]
    [InlineData("center")]
    [InlineData("oim")]
    [InlineData("triplet")]
    public void Loss_without_one_vector_of_each_class_has_learned_none(string expression)
    {
        using var joint = Expressions.Make(expression);
        joint.LearnedClassVectors().ShouldBeNull();
    }

    [Fact]
    public void Dynamic_scale_of_adacos_is_that_of_its_buffer()
    {
        using var joint = Expressions.Make("adacos");
        joint.LearnedClassVectors()!.Scale!.Value.ShouldBe(Math.Sqrt(2) * Math.Log(Batches.Classes - 1), 1e-5);
    }

    [Fact]
    public void Triplet_losses_tell_their_criterion()
    {
        using var joint = Expressions.Make("softmax + triplet(margin: 0.3, form: soft-margin, measure: cosine) + triplet + supcon");
        joint.Parts.Select(part => part.Loss.Triplets is null).ShouldBe([true, false, false, true]);
        joint.Triplets.ShouldBe(new TripletCriterion(((TripletLoss)joint.Parts[1].Loss).Measure, 0.3, IsHinge: false));
        joint.Parts[2].Loss.Triplets!.IsHinge.ShouldBeTrue();
    }

    [Fact]
    public void Scores_of_a_hinge_need_as_many_features_as_classes()
    {
        using var joint = Expressions.Make("softmax + multi-class-hinge");
        (joint.Parts[0].Loss.LeastDimension(7), joint.LeastDimension(7)).ShouldBe((1, 7));
    }

    [Theory]
    [InlineData("triplet(mining: distance-weighted)")]
    [InlineData("filter(loss: triplet(mining: distance-weighted)) + triplet(mining: random-violating)")]
    public void Restarted_loss_draws_as_before(string expression)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (rows, labels) = Batches.Episodes(dtype: TorchSharp.torch.ScalarType.Float32);
        using var joint = Expressions.Make(expression);
        double Next()
        {
            joint.Restart(11);
            return joint.Evaluate(rows, labels, new FilterOutput(rows, [])).Total.to(TorchSharp.torch.ScalarType.Float64).item<double>();
        }

        Next().ShouldBe(Next());
    }
}

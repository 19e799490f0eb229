using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Golden;

public sealed class LoopGoldenTests
{
    // Center cases have their own tests; the evaluation of embeddings is tested with the evaluation.
    private static readonly string[] Known =
    [
        "center", "batch_all_batch_hard", "explicit_triplet", "contrastive_squared", "multi_class_hinge", "auc_hinge",
        "retrieval", "clustering", "verification",
    ];

    public static TheoryData<string, int, ScalarType> Triplets() => LoopCases.Named("batch_all_batch_hard");

    public static TheoryData<string, int, ScalarType> ExplicitTriplets() => LoopCases.Named("explicit_triplet");

    public static TheoryData<string, int, ScalarType> Contrastive() => LoopCases.Named("contrastive_squared");

    public static TheoryData<string, int, ScalarType> Hinges() => LoopCases.Named("multi_class_hinge");

    public static TheoryData<string, int, ScalarType> AucHinges() => LoopCases.Named("auc_hinge");

    [Fact]
    public void Golden_files_hold_no_unknown_case() =>
        GoldenFiles.Loops.SelectMany(file => file.Root["cases"]!.AsArray()).Select(golden => golden!["name"]!.GetValue<string>()).ShouldBeSubsetOf(Known);

    [Theory, MemberData(nameof(Triplets))]
    public void Golden_batch_all_and_batch_hard_agree(string file, int index, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var golden = LoopCases.Open(file, index);
        var embeddings = golden["embeddings"]!.Matrix(dtype);
        var labels = golden["labels"]!.Labels();
        double margin = golden.Number("margin");
        Distance distance = golden["squared"]!.GetValue<bool>() ? new SquaredEuclideanDistance(false) : new EuclideanDistance(false);
        void Agrees(TripletMiner miner, Reduction reduction, string key)
        {
            using var loss = new TripletLoss(margin, distance, miner, reduction: reduction);
            loss.call(embeddings, labels).ShouldBeNear(golden.Number(key), LoopCases.Tolerance(dtype), key);
        }
        Agrees(new AllTripletsMiner(), Reduction.MeanActive, "batch_all_mean_active");
        Agrees(new AllTripletsMiner(), Reduction.Mean, "batch_all_mean_valid");
        Agrees(new BatchHardMiner(), Reduction.Mean, "batch_hard_mean_over_usable_anchors");
        using var all = new TripletLoss(margin, distance);
        var statistics = all.Triplets.Count(embeddings, labels);
        statistics.Active.ShouldBe(golden["active"]!.GetValue<long>());
        statistics.Triplets.ShouldBe(golden["valid"]!.GetValue<long>());
        statistics.ActiveShare.ShouldBe(golden.Number("fraction_active"), 1e-12);
        new BatchHardMiner().Mine(embeddings, labels, distance).Count.ShouldBe(golden["usable_anchors"]!.GetValue<int>());
    }

    [Theory, MemberData(nameof(ExplicitTriplets))]
    public void Golden_explicit_triplets_agree(string file, int index, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var golden = LoopCases.Open(file, index);
        var parameters = golden["params"]!.AsObject();
        parameters.Select(pair => pair.Key).ShouldBeSubsetOf(["margin", "p", "swap"]);
        using var loss = new ExplicitTripletLoss(parameters.Number("margin"), parameters.Number("p"), parameters["swap"]!.GetValue<bool>());
        var anchor = golden["anchor"]!.Matrix(dtype, gradient: true);
        var value = loss.call(anchor, golden["positive"]!.Matrix(dtype), golden["negative"]!.Matrix(dtype));
        value.backward();
        value.ShouldBeNear(golden.Number("loss"), LoopCases.Tolerance(dtype), "loss");
        anchor.grad!.ShouldBeNear(golden["grad_anchor"]!.Matrix(dtype), LoopCases.Tolerance(dtype), "gradient");
    }

    [Theory, MemberData(nameof(Contrastive))]
    public void Golden_contrastive_pairs_agree(string file, int index, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var golden = LoopCases.Open(file, index);
        using var loss = new ContrastiveLoss(new EuclideanDistance(false), 0, golden.Number("margin"));
        var value = loss.OfPairs(golden["first"]!.Matrix(dtype), golden["second"]!.Matrix(dtype), golden["same"]!.Labels().ne(0));
        value.ShouldBeNear(golden.Number("loss_mean"), LoopCases.Tolerance(dtype), "loss_mean");
    }

    [Theory, MemberData(nameof(Hinges))]
    public void Golden_multi_class_hinges_agree(string file, int index, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var golden = LoopCases.Open(file, index);
        foreach (var (form, key) in new[] { (MultiClassHingeForm.WestonWatkins, "weston_watkins_mean"), (MultiClassHingeForm.CrammerSinger, "crammer_singer_mean") })
        {
            using var loss = new MultiClassHingeLoss(golden.Number("margin"), form);
            loss.call(golden["scores"]!.Matrix(dtype), golden["labels"]!.Labels()).ShouldBeNear(golden.Number(key), LoopCases.Tolerance(dtype), key);
        }
    }

    [Theory, MemberData(nameof(AucHinges))]
    public void Golden_auc_hinges_agree(string file, int index, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var golden = LoopCases.Open(file, index);
        foreach (string? key in golden.Select(pair => pair.Key).Where(key => key.StartsWith('q')))
        {
            using var loss = new PairwiseAucHinge(golden.Number("margin"), int.Parse(key[1..]));
            loss.call(golden["target_scores"]!.Vector(dtype), golden["other_scores"]!.Vector(dtype)).ShouldBeNear(golden.Number(key), LoopCases.Tolerance(dtype), key);
        }
    }
}

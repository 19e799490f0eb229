using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;

namespace Mingling.Benchmarks.Losses;

/// <summary>A loss that is measured.</summary>
internal sealed record LossesRow(string Name, Func<LossesOptions, EmbeddingLoss> Make);

/// <summary>The losses that are measured.</summary>
internal static class LossesRows
{
    public static IReadOnlyList<LossesRow> All { get; } =
    [
        new("triplet-batch-all", _ => new TripletLoss()),
        new("triplet-batch-all-euclidean", _ => new TripletLoss(measure: new EuclideanDistance())),
        new("triplet-batch-all-soft-margin", _ => new TripletLoss(form: TripletForm.SoftMargin)),
        new("triplet-batch-hard", _ => new TripletLoss(miner: new BatchHardMiner())),
        new("triplet-semi-hard", _ => new TripletLoss(miner: new SemiHardMiner())),
        new("triplet-random-violating", _ => new TripletLoss(miner: new RandomViolatingMiner())),
        new("contrastive", _ => new ContrastiveLoss()),
        new("ntxent", _ => new NtXentLoss()),
        new("supcon", _ => new SupConLoss()),
        new("multi-similarity", _ => new MultiSimilarityLoss()),
        new("circle", _ => new CircleLoss()),
        new("lifted", _ => new LiftedStructureLoss()),
        new("angular", _ => new AngularLoss()),
        new("center", options => new CenterLoss(options.Classes, options.Dim)),
        new("arcface", options => new ArcFaceLoss(options.Classes, options.Dim)),
        new("proxy-anchor", options => new ProxyAnchorLoss(options.Classes, options.Dim)),
    ];
}

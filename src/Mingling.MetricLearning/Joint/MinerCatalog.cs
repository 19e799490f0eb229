
using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Joint;

/// <summary>The miners that an expression can name.</summary>
internal static class MinerCatalog
{
    public static NamedCatalog<TripletMiner> Triplets { get; } = new("triplet miner", new Dictionary<string, Func<LossArguments, TripletMiner>>
    {
        ["all"] = _ => new AllTripletsMiner(),
        ["batch-hard"] = a => new BatchHardMiner(a.Choice("positive", PositiveChoice.Hard), a.Choice("negative", NegativeChoice.Hard)),
        ["easy-positive"] = a => new BatchHardMiner(PositiveChoice.Easy, a.Choice("negative", NegativeChoice.SemiHard)),
        ["semi-hard"] = a => new SemiHardMiner(a.OptionalNumber("margin", "that of the loss"), a.Flag("random", false) ? a.Seed : null),
        ["hardest-negative"] = _ => new HardestNegativeMiner(),
        ["random-violating"] = a => new RandomViolatingMiner(a.OptionalNumber("margin", "that of the loss"), a.Seed),
        ["triplet-margin"] = a => new TripletMarginMiner(a.Choice("hardness", TripletHardness.All), a.OptionalNumber("margin", "that of the loss")),
        ["distance-weighted"] = a => new DistanceWeightedMiner(a.Number("cutoff", 0.5), a.Number("farthest", 1.4), a.Seed),
        ["offline"] = _ => new PreparedTripletMiner(),
        ["angular"] = a => new AngularMiner(a.Number("angle", 20)),
    });

    public static NamedCatalog<PairMiner> Pairs { get; } = new("pair miner", new Dictionary<string, Func<LossArguments, PairMiner>>
    {
        ["multi-similarity"] = a => new MultiSimilarityMiner(a.Number("epsilon", 0.1), a.Measure("measure", "cosine")),
        ["pair-margin"] = a => new PairMarginMiner(a.Number("positive-margin", 0.2), a.Number("negative-margin", 0.8), a.Measure("measure", "euclidean")),
    });
}

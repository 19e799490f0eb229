using Mingling.MetricLearning.Miners;
using static Mingling.MetricLearning.Joint.ParameterRange;

namespace Mingling.MetricLearning.Joint;

/// <summary>The miners of the library.</summary>
internal static class BuiltInMiners
{
    private const string MarginOfLoss = "that of the loss";

    public static void AddTo(LossCatalog catalog)
    {
        catalog.AddTripletMiner("all", _ => _ => new AllTripletsMiner());
        catalog.AddTripletMiner("batch-hard", BatchHard);
        catalog.AddTripletMiner("easy-positive", EasyPositive);
        catalog.AddTripletMiner("semi-hard", SemiHard);
        catalog.AddTripletMiner("hardest-negative", _ => _ => new HardestNegativeMiner());
        catalog.AddTripletMiner("random-violating", RandomViolating);
        catalog.AddTripletMiner("triplet-margin", TripletMargin);
        catalog.AddTripletMiner("distance-weighted", DistanceWeighted);
        catalog.AddTripletMiner("offline", _ => _ => new PreparedTripletMiner());
        catalog.AddTripletMiner("angular", Angular);
        catalog.AddPairMiner("multi-similarity", MultiSimilarity);
        catalog.AddPairMiner("pair-margin", PairMargin);
    }

    private static TripletMinerFactory BatchHard(LossArguments a)
    {
        var (positive, negative) = (a.Choice("positive", PositiveChoice.Hard), a.Choice("negative", NegativeChoice.Hard));
        return _ => new BatchHardMiner(positive, negative);
    }

    private static TripletMinerFactory EasyPositive(LossArguments a)
    {
        var negative = a.Choice("negative", NegativeChoice.SemiHard);
        return _ => new BatchHardMiner(PositiveChoice.Easy, negative);
    }

    private static TripletMinerFactory SemiHard(LossArguments a)
    {
        double? margin = a.OptionalNumber("margin", MarginOfLoss, NotNegative);
        bool random = a.Flag("random", false);
        return context => new SemiHardMiner(margin, random ? context.Seed : null);
    }

    private static TripletMinerFactory RandomViolating(LossArguments a)
    {
        double? margin = a.OptionalNumber("margin", MarginOfLoss, NotNegative);
        return context => new RandomViolatingMiner(margin, context.Seed);
    }

    private static TripletMinerFactory TripletMargin(LossArguments a)
    {
        var hardness = a.Choice("hardness", TripletHardness.All);
        double? margin = a.OptionalNumber("margin", MarginOfLoss, NotNegative);
        return _ => new TripletMarginMiner(hardness, margin);
    }

    private static TripletMinerFactory DistanceWeighted(LossArguments a)
    {
        double cutoff = a.Number("cutoff", 0.5, new ParameterRange(0, DistanceWeightedMiner.GreatestCutoff, LeastExcluded: true));
        double farthest = a.Number("farthest", 1.4, Positive);
        return context => new DistanceWeightedMiner(cutoff, farthest, context.Seed);
    }

    private static TripletMinerFactory Angular(LossArguments a)
    {
        double angle = a.Number("angle", 20, Between(0, 90));
        return _ => new AngularMiner(angle);
    }

    private static PairMinerFactory MultiSimilarity(LossArguments a)
    {
        double epsilon = a.Number("epsilon", 0.1, NotNegative);
        var measure = a.Measure("measure", "cosine");
        return _ => new MultiSimilarityMiner(epsilon, measure);
    }

    private static PairMinerFactory PairMargin(LossArguments a)
    {
        var (positive, negative) = (a.Number("positive-margin", 0.2), a.Number("negative-margin", 0.8));
        var measure = a.Measure("measure", "euclidean");
        return _ => new PairMarginMiner(positive, negative, measure);
    }
}

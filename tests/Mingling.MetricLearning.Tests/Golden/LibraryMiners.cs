using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Tests.Golden;

/// <summary>The miners of the reference files, by names that hold their parameters.</summary>
internal static class LibraryMiners
{
    public static TripletMiner? Triplets(string name) => name.Split('_') switch
    {
        ["batch", "hard"] => new BatchHardMiner(),
        [var positive, "positive", var negative, "negative"] => new BatchHardMiner(Positive(positive), Negative(negative)),
        ["triplet", "margin", var hardness, var margin] => new TripletMarginMiner(Hardness(hardness), Number(margin)),
        ["angular", var angle] => new AngularMiner(Number(angle)),
        _ => null,
    };

    public static PairMiner? Pairs(string name, PairMeasure measure) => name.Split('_') switch
    {
        ["multi", "similarity", var epsilon] => new MultiSimilarityMiner(Number(epsilon), measure),
        ["pair", "margin", var positive, var negative] => new PairMarginMiner(Number(positive), Number(negative), measure),
        _ => null,
    };

    private static double Number(string text) => double.Parse(text);

    private static PositiveChoice Positive(string name) => name switch
    {
        "easy" => PositiveChoice.Easy,
        "hard" => PositiveChoice.Hard,
        _ => throw new NotSupportedException($"Unknown positive '{name}'."),
    };

    private static NegativeChoice Negative(string name) => name switch
    {
        "hard" => NegativeChoice.Hard,
        "semihard" => NegativeChoice.SemiHard,
        _ => throw new NotSupportedException($"Unknown negative '{name}'."),
    };

    private static TripletHardness Hardness(string name) => name switch
    {
        "all" => TripletHardness.All,
        "hard" => TripletHardness.Hard,
        "semihard" => TripletHardness.SemiHard,
        "easy" => TripletHardness.Easy,
        _ => throw new NotSupportedException($"Unknown hardness '{name}'."),
    };
}

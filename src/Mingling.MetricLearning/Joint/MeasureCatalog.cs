
using Mingling.MetricLearning.Distances;

namespace Mingling.MetricLearning.Joint;

/// <summary>The distances and similarities that an expression can name.</summary>
internal static class MeasureCatalog
{
    public static NamedCatalog<Distance> Distances { get; } = new("distance", new Dictionary<string, Func<LossArguments, Distance>>
    {
        ["euclidean"] = a => new EuclideanDistance(a.Flag("normalize", true)),
        ["squared-euclidean"] = a => new SquaredEuclideanDistance(a.Flag("normalize", true)),
        ["lp"] = a => new LpDistance(a.Number("p", 1), a.Flag("normalize", true)),
        ["snr"] = a => new SignalToNoiseDistance(a.Flag("normalize", true)),
    });

    public static NamedCatalog<Similarity> Similarities { get; } = new("similarity", new Dictionary<string, Func<LossArguments, Similarity>>
    {
        ["cosine"] = _ => new CosineSimilarity(),
        ["dot"] = _ => new DotProductSimilarity(),
    });

    public static NamedCatalog<PairMeasure> All { get; } = new("distance or similarity", Both());

    private static Dictionary<string, Func<LossArguments, PairMeasure>> Both()
    {
        var both = new Dictionary<string, Func<LossArguments, PairMeasure>>();
        foreach (var (name, make) in Distances.Makers) both[name] = make;
        foreach (var (name, make) in Similarities.Makers) both[name] = make;
        return both;
    }
}

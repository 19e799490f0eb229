using Mingling.MetricLearning.Distances;
using static Mingling.MetricLearning.Joint.ParameterRange;

namespace Mingling.MetricLearning.Joint;

/// <summary>The distances and similarities of the library.</summary>
internal static class BuiltInMeasures
{
    public static void AddTo(LossCatalog catalog)
    {
        catalog.AddDistance("euclidean", a => new EuclideanDistance(a.Flag("normalize", true)));
        catalog.AddDistance("squared-euclidean", a => new SquaredEuclideanDistance(a.Flag("normalize", true)));
        catalog.AddDistance("lp", a => new LpDistance(a.Number("p", 1, AtLeast(1)), a.Flag("normalize", true)));
        catalog.AddDistance("snr", a => new SignalToNoiseDistance(a.Flag("normalize", true)));
        catalog.AddSimilarity("cosine", _ => new CosineSimilarity());
        catalog.AddSimilarity("dot", _ => new DotProductSimilarity());
    }
}

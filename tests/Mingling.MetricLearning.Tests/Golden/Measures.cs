using Mingling.MetricLearning.Distances;

namespace Mingling.MetricLearning.Tests.Golden;

/// <summary>The distances of the reference files' legend.</summary>
internal static class Measures
{
    public static PairMeasure Named(string name) => name switch
    {
        "euclidean" => new EuclideanDistance(),
        "euclidean_raw" => new EuclideanDistance(normalize: false),
        "squared_euclidean" => new SquaredEuclideanDistance(),
        "squared_euclidean_raw" => new SquaredEuclideanDistance(normalize: false),
        "cosine" => new CosineSimilarity(),
        "dot" => new CosineSimilarity(), // the dot product of L2-normalised rows
        "dot_raw" => new DotProductSimilarity(),
        "snr" => new SignalToNoiseDistance(),
        _ => throw new NotSupportedException($"Unknown distance '{name}'."),
    };
}

using System.Numerics;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Projection;

/// <summary>
/// Where t-SNE begins: the first two principal components, scaled to a standard deviation of 1e-4 along the first, which keeps the
/// arrangement of far groups (Kobak and Berens 2019). A little noise parts duplicates, which would never leave each other otherwise.
/// </summary>
internal static class TSneStart
{
    private const double Deviation = 1e-4;
    private const double Noise = 0.01;

    /// <summary>x and y of each row: [N × 2].</summary>
    internal static double[] Place<T>(EmbeddingSet<T> set, int seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var components = PrincipalComponents.Fit(set, Math.Min(2, set.Dimension));
        double[] projected = components.Project(set);
        double deviation = Math.Sqrt(components.Variances[0]);
        double scale = deviation > 0 ? Deviation / deviation : 0;
        var random = new Random(seed);
        double[] places = new double[2 * set.Count];
        for (int i = 0; i < places.Length; i++)
        {
            double known = i % 2 < components.Count ? scale * projected[i / 2 * components.Count + i % 2] : 0;
            places[i] = known + Noise * Deviation * (2 * random.NextDouble() - 1);
        }
        return places;
    }
}

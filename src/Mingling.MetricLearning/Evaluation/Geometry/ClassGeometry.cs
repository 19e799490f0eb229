using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>How tight the classes are and how far apart: the figures that center loss and its kin are meant to move.</summary>
public sealed record ClassGeometry
{
    /// <summary>Each class with its spread, by rising label.</summary>
    public required IReadOnlyList<ClassSpread> Classes { get; init; }

    /// <summary>
    /// The mean Euclidean distance of a sample to the mean of its class, over all samples of classes with at least two samples (the
    /// distance of a single sample to itself says nothing). Null where no class has two samples.
    /// </summary>
    public required double? IntraClassDistance { get; init; }

    /// <summary>The mean Euclidean distance between two class means, over all pairs of classes. Null with fewer than two classes.</summary>
    public required double? InterClassDistance { get; init; }

    /// <summary>
    /// <see cref="IntraClassDistance"/> divided by <see cref="InterClassDistance"/>: smaller is better. Null where either is null or
    /// all class means coincide.
    /// </summary>
    public double? IntraToInterRatio => InterClassDistance > 0 ? IntraClassDistance / InterClassDistance : null;

    /// <summary>The two classes whose means are nearest; at equal distance the pair of the smaller labels. Null with fewer than two classes.</summary>
    public required ClassPair? NearestPair { get; init; }

    /// <summary>The pairs with the nearest means, hardest first: by rising d′, pairs without d′ last and by rising distance.</summary>
    public required IReadOnlyList<ClassPair> Pairs { get; init; }

    /// <summary>Measures the geometry of a set of embeddings, in double precision.</summary>
    /// <param name="set">The embeddings, in any number of classes; none at all give empty lists and nulls.</param>
    /// <param name="maxPairs">
    /// For how many pairs d′ is computed and kept: those with the nearest means. Default 100,000, which is every pair up to 447 classes.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxPairs"/> is below 1.</exception>
    public static ClassGeometry Measure<T>(EmbeddingSet<T> set, int maxPairs = 100_000) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPairs, 1);
        var centers = ClassCenters.Compute(set);
        double[] deviations = Deviations(set, centers);
        var spreads = Spreads(set, deviations);
        var separation = new ClassSeparation(set.Classes, centers, deviations, set.Dimension);
        var (mean, nearest) = separation.NearestPairs(maxPairs);
        int samples = spreads.Where(s => s.Count > 1).Sum(s => s.Count);
        return new ClassGeometry
        {
            Classes = spreads,
            IntraClassDistance = samples == 0 ? null : spreads.Sum(s => s.Count * s.MeanDistanceToCenter) / samples,
            InterClassDistance = mean,
            NearestPair = nearest.Length == 0 ? null : nearest[0],
            Pairs = [.. nearest.OrderBy(p => p.DPrime ?? double.PositiveInfinity).ThenBy(p => p.CenterDistance)],
        };
    }

    /// <summary>Each row minus the mean of its class: [N × D].</summary>
    private static double[] Deviations<T>(EmbeddingSet<T> set, ClassCenters centers) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] deviations = new double[set.Count * set.Dimension];
        for (int row = 0; row < set.Count; row++)
        {
            var x = set.Row(row);
            var center = centers[set.Classes.ClassOfRow[row]];
            var deviation = deviations.AsSpan(row * set.Dimension, set.Dimension);
            for (int k = 0; k < deviation.Length; k++) deviation[k] = double.CreateTruncating(x[k]) - center[k];
        }
        return deviations;
    }

    private static ClassSpread[] Spreads<T>(EmbeddingSet<T> set, double[] deviations) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var spreads = new ClassSpread[set.Classes.Count];
        for (int c = 0; c < spreads.Length; c++)
        {
            double sum = 0.0;
            foreach (int row in set.Classes.Rows(c))
            {
                var deviation = deviations.AsSpan(row * set.Dimension, set.Dimension);
                sum += Math.Sqrt(VectorMath.Dot(deviation, deviation));
            }
            spreads[c] = new ClassSpread(set.Classes.Labels[c], set.Classes.Size(c), sum / set.Classes.Size(c));
        }
        return spreads;
    }
}

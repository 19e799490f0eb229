using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Figures;

/// <summary>What two kinds of distances have in common.</summary>
/// <param name="Same">The share of the pairs of one word in each bin.</param>
/// <param name="Different">The share of the pairs of different words in each bin.</param>
/// <param name="Share">The area under both at once: 0 where they are apart, 1 where they are alike.</param>
/// <param name="Threshold">The distance at which both errors are equal, linear within its bin.</param>
/// <param name="ErrorRate">The share of pairs of one word beyond it, and of different words below it.</param>
internal sealed record DistanceOverlap(IReadOnlyList<double> Same, IReadOnlyList<double> Different, double Share, double Threshold, double ErrorRate)
{
    /// <exception cref="ArgumentException">A kind has no pairs, or edges and counts do not fit together.</exception>
    public static DistanceOverlap Find(DistanceHistogram histogram)
    {
        int bins = histogram.Edges.Count - 1;
        if (bins < 1 || histogram.Same.Count != bins || histogram.Different.Count != bins)
            throw new ArgumentException($"{histogram.Edges.Count} edges do not fit {histogram.Same.Count} and {histogram.Different.Count} bins.", nameof(histogram));
        double same = histogram.Same.Sum(), different = histogram.Different.Sum();
        if (same == 0 || different == 0) throw new ArgumentException("there must be pairs of one word and pairs of different words.", nameof(histogram));
        double[] p = [.. histogram.Same.Select(pairs => pairs / same)], q = [.. histogram.Different.Select(pairs => pairs / different)];
        var (threshold, rate) = Equal(histogram.Edges, p, q);
        return new DistanceOverlap(p, q, p.Zip(q, Math.Min).Sum(), threshold, rate);
    }

    /// <summary>Where 1 − (same below) falls to (different below). Where the kinds are apart, the middle of the gap.</summary>
    private static (double Threshold, double Rate) Equal(IReadOnlyList<double> edges, double[] same, double[] different)
    {
        double rejected = 1, accepted = 0;
        for (int i = 0; i < same.Length; i++)
        {
            double before = rejected - accepted, fall = same[i] + different[i];
            if (before - fall > 1e-12)
            {
                (rejected, accepted) = (rejected - same[i], accepted + different[i]);
                continue;
            }
            double part = fall > 0 ? Math.Min(1, before / fall) : 0;
            (rejected, accepted) = (rejected - part * same[i], accepted + part * different[i]);
            double gapEnd = edges[i + 1];
            for (int k = i + 1; part >= 1 - 1e-9 && k < same.Length && same[k] + different[k] == 0; k++) gapEnd = edges[k + 1];
            double at = edges[i] + part * (edges[i + 1] - edges[i]);
            return (part >= 1 - 1e-9 ? (edges[i + 1] + gapEnd) / 2 : at, Math.Max(0, (rejected + accepted) / 2));
        }
        return (edges[^1], 0);
    }
}

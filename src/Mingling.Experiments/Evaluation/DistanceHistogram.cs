using Mingling.MetricLearning.Evaluation;

namespace Mingling.Experiments.Evaluation;

/// <summary>How far embeddings of pairs of clips lie apart, those of one word and those of different words.</summary>
/// <param name="Edges">The n + 1 edges of n bins of equal width, rising from 0; Euclidean distances of the embeddings.</param>
/// <param name="Same">The pairs of one word in each bin.</param>
/// <param name="Different">The pairs of different words in each bin.</param>
public sealed record DistanceHistogram(IReadOnlyList<double> Edges, IReadOnlyList<long> Same, IReadOnlyList<long> Different)
{
    /// <summary>Counts the distances of pairs, from 0 to the greatest.</summary>
    /// <param name="pairs">The pairs, at least one; a distance is a score without its sign.</param>
    /// <param name="bins">The number of bins, at least 1. Default 60.</param>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public static DistanceHistogram Count(VerificationTrials pairs, int bins = 60)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (pairs.TargetScores.IsEmpty && pairs.OtherScores.IsEmpty) throw new ArgumentException("There must be at least one pair.", nameof(pairs));
        double greatest = Math.Max(Greatest(pairs.TargetScores.Span), Greatest(pairs.OtherScores.Span));
        // Equal embeddings all lie in the first bin, which then needs some width.
        double width = (greatest > 0 ? greatest : 1) / bins;
        return new DistanceHistogram(
            [.. Enumerable.Range(0, bins + 1).Select(i => i * width)],
            Count(pairs.TargetScores.Span, width, bins),
            Count(pairs.OtherScores.Span, width, bins));
    }

    private static double Greatest(ReadOnlySpan<double> scores)
    {
        double greatest = 0;
        foreach (double score in scores) greatest = Math.Max(greatest, -score);
        return greatest;
    }

    private static long[] Count(ReadOnlySpan<double> scores, double width, int bins)
    {
        long[] counts = new long[bins];
        foreach (double score in scores) counts[Math.Min(bins - 1, (int)(-score / width))]++;
        return counts;
    }
}

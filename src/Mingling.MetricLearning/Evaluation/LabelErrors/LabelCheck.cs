using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Whether an embedding fits its label.</summary>
/// <param name="Likely">The other label that fits best; its own where there is no other.</param>
/// <param name="Score">
/// How much better that one fits, 0 … 1: above 0.5 it fits better than its own. Sort by it to look at the worst first; it is no probability.
/// </param>
/// <param name="IsOutlier">Whether it lies far from its own label and fits no other better.</param>
public readonly record struct LabelVerdict(long Likely, double Score, bool IsOutlier)
{
    /// <summary>Whether another label fits better.</summary>
    public bool IsSuspect => Score > 0.5;
}

/// <summary>
/// Looks for wrong labels. Three witnesses say how well each label fits a row, each by a logarithm of a share, and their mean decides:
/// the posteriors of a classifier, as in confident learning (Northcutt et al. 2021); the nearest rows; the distances to the middles
/// of the classes. A classifier that learned from a wrong label may believe it; rows of the same label that it did not push there
/// seldom do.
/// </summary>
public static class LabelCheck
{
    /// <summary>Below this share a witness is no surer: one that errs must not outvote the others.</summary>
    private const double LeastShare = 1e-3;

    private const double FarOut = 3;

    /// <summary>Judges every row.</summary>
    /// <param name="set">The embeddings with the labels to be judged.</param>
    /// <param name="posteriors">
    /// What a classifier says of each row, [Count × classes], label c in column c; empty where there is no classifier. Labels must be
    /// columns then.
    /// </param>
    /// <param name="groups">
    /// The group of each row, such as its speaker: rows of one group are no witnesses for one another. Below 0 where it is unknown;
    /// empty where none is known.
    /// </param>
    /// <param name="threads">The number of threads to use; the result does not depend on it. Default 1.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a label is no column of the posteriors.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static LabelVerdict[] Judge<T>(
        EmbeddingSet<T> set, ReadOnlyMemory<float> posteriors = default, ReadOnlyMemory<int> groups = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count == 0) return [];
        if (groups.Length != 0 && groups.Length != set.Count)
            throw new ArgumentException($"There must be one group for each embedding, but there are {groups.Length} for {set.Count}.", nameof(groups));
        var centers = new CenterWitness<T>(set, threads);
        var witnesses = new List<double[]> { centers.Shares, NeighborWitness.Shares(set, groups, threads) };
        if (posteriors.Length != 0) witnesses.Add(OfClassifier(set, posteriors.Span));
        double[] fits = witnesses[0].Select((_, i) => witnesses.Average(shares => Math.Log(Math.Max(LeastShare, shares[i])))).ToArray();
        var verdicts = new LabelVerdict[set.Count];
        for (int row = 0; row < set.Count; row++)
        {
            int own = set.Classes.ClassOfRow[row];
            var of = fits.AsSpan(row * set.Classes.Count, set.Classes.Count);
            int likely = own;
            for (int c = 0; c < of.Length; c++)
            {
                if (c != own && (likely == own || of[c] > of[likely])) likely = c;
            }
            double score = likely == own ? 0 : 1 / (1 + Math.Exp(of[own] - of[likely]));
            verdicts[row] = new LabelVerdict(set.Classes.Labels[likely], score, score <= 0.5 && centers.IsFarOut(row, FarOut));
        }
        return verdicts;
    }

    private static double[] OfClassifier<T>(EmbeddingSet<T> set, ReadOnlySpan<float> posteriors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = posteriors.Length / set.Count;
        var labels = set.DistinctLabels;
        if (columns * set.Count != posteriors.Length || labels[0] < 0 || labels[^1] >= columns)
            throw new ArgumentException(
                $"{posteriors.Length} posteriors of {set.Count} embeddings have no column for each label from {labels[0]} to {labels[^1]}.", nameof(posteriors));
        double[] shares = new double[set.Count * labels.Length];
        for (int i = 0; i < shares.Length; i++) shares[i] = posteriors[i / labels.Length * columns + (int)labels[i % labels.Length]];
        return shares;
    }
}

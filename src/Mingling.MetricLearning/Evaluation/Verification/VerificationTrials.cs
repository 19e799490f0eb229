using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Scores of same-word and different-word pairs of embeddings, for <see cref="VerificationCurve"/> and its kin.</summary>
/// <param name="TargetScores">The scores of pairs of the same class; greater means more alike.</param>
/// <param name="OtherScores">The scores of pairs of different classes.</param>
public sealed record VerificationTrials(ReadOnlyMemory<double> TargetScores, ReadOnlyMemory<double> OtherScores)
{
    /// <summary>
    /// Scores pairs of embeddings by the negative Euclidean distance. Every pair counts once; where there are more of a kind than
    /// wanted, a uniform sample of them without repetition is taken.
    /// </summary>
    /// <param name="set">The embeddings; on <see cref="EmbeddingSet{T}.Normalized"/> ones scores rank like cosine similarity.</param>
    /// <param name="seed">The seed of the sample; without effect where all pairs are taken.</param>
    /// <param name="maxTargets">The greatest number of same-class pairs, at least 1. Default 1,000,000.</param>
    /// <param name="maxOthers">The greatest number of different-class pairs, at least 1. Default 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A greatest number is below 1.</exception>
    public static VerificationTrials FromEmbeddings<T>(EmbeddingSet<T> set, int seed, int maxTargets = 1_000_000, int maxOthers = 1_000_000)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTargets, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxOthers, 1);
        long sameClass = 0L;
        for (int c = 0; c < set.Classes.Count; c++) sameClass += PairsOf(set.Classes.Size(c));
        var targets = new SelectionSample(sameClass, maxTargets, new Random(seed));
        var others = new SelectionSample(PairsOf(set.Count) - sameClass, maxOthers, new Random(~seed));
        for (int i = 0; i < set.Count; i++)
        {
            for (int j = i + 1; j < set.Count; j++)
            {
                var kind = set.Classes.ClassOfRow[i] == set.Classes.ClassOfRow[j] ? targets : others;
                if (kind.TakesNext()) kind.Add(-VectorMath.Distance(set.Row(i), set.Row(j)));
            }
        }
        return new VerificationTrials(targets.Values, others.Values);
    }

    private static long PairsOf(long count) => count * (count - 1) / 2;
}

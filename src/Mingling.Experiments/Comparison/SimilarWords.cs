using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Comparison;

/// <summary>The pairs of words that are confused most, and how often a run confuses them.</summary>
internal static class SimilarWords
{
    private const int MostPairs = 10;
    private const double ShareOfConfusions = 0.5;

    /// <summary>
    /// The most confused pairs that together make at least half of all confusions, at most 10; where nothing is confused, the pairs that
    /// lie closest. Pairs must be chosen by all variants together: chosen by the errors of one, that one would come out worst by chance alone.
    /// </summary>
    /// <param name="variants">The main runs of each variant; each variant counts alike, however many runs it has.</param>
    public static IReadOnlyList<WordPair> Find(IEnumerable<IReadOnlyList<JobResult>> variants)
    {
        var finished = variants.Where(runs => runs.Count > 0).ToList();
        var confusions = finished.SelectMany(runs => runs.SelectMany(Confusions).Select(pair => (Pair: pair, Share: 1.0 / runs.Count)))
            .GroupBy(one => one.Pair).Select(same => (Pair: same.Key, Share: same.Sum(one => one.Share)))
            .OrderByDescending(pair => pair.Share)
            .ThenBy(pair => pair.Pair.First, StringComparer.Ordinal).ThenBy(pair => pair.Pair.Second, StringComparer.Ordinal).ToList();
        if (confusions.Count == 0)
        {
            var closest = finished.SelectMany(runs => runs).Where(run => run.WorstPair.Count == 2 && run.WorstPair.All(OpenSetEvaluator.IsWord));
            return [.. closest.Select(run => Pair(run.WorstPair[0], run.WorstPair[1])).Distinct().Take(MostPairs)];
        }
        double wanted = ShareOfConfusions * confusions.Sum(pair => pair.Share), reached = 0;
        var chosen = new List<WordPair>();
        foreach (var (pair, share) in confusions.Take(MostPairs))
        {
            if (reached >= wanted) break;
            chosen.Add(pair);
            reached += share;
        }
        return chosen;
    }

    /// <summary>Of the clips of words in these pairs, the share taken for the other word of their pair; null where there are none.</summary>
    public static double? Error(JobResult run, IReadOnlyList<WordPair> pairs)
    {
        var words = pairs.SelectMany(pair => new[] { pair.First, pair.Second }).ToHashSet(StringComparer.Ordinal);
        var set = pairs.ToHashSet();
        int clips = run.Said.Count(word => words.Contains(run.Classes[word]));
        return clips == 0 ? null : Confusions(run).Count(set.Contains) / (double)clips;
    }

    private static IEnumerable<WordPair> Confusions(JobResult run) =>
        run.Said.Zip(run.Recognized, (said, recognized) => (Said: run.Classes[said], Recognized: run.Classes[recognized]))
            .Where(clip => clip.Said != clip.Recognized && OpenSetEvaluator.IsWord(clip.Said) && OpenSetEvaluator.IsWord(clip.Recognized))
            .Select(clip => Pair(clip.Said, clip.Recognized));

    private static WordPair Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? new(one, other) : new(other, one);
}

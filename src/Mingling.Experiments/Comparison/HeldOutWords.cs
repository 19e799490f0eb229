using Mingling.Corpora;
using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Comparison;

/// <summary>Decides which words are held out, so that few-shot recognition and refusal can be measured.</summary>
internal static class HeldOutWords
{
    private const ulong WordStream = 1;
    private const int FewestWords = 5, FewestLearned = 2;
    private const double LearnedShare = 0.6;

    /// <summary>
    /// The held-out words in ordinal order, and whether runs of their own must do without them. Words that the corpus options leave out
    /// need no such runs; otherwise two fifths of the words are drawn, where there are at least five.
    /// </summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="asked">The words asked for; null to choose them; empty for none.</param>
    /// <param name="seed">Decides the draw.</param>
    /// <exception cref="CorpusException">A word is not in the corpus, or too few are left to learn.</exception>
    public static (IReadOnlyList<string> Words, bool Probe) Choose(Corpus corpus, IReadOnlyList<string>? asked, int seed)
    {
        string[] left = [.. corpus.OtherClips.Select(clip => clip.Label).Distinct().Order(StringComparer.Ordinal)];
        if (asked is null) return left.Length > 0 ? (left, false) : (Draw([.. corpus.Classes.Where(OpenSetEvaluator.IsWord)], seed), true);
        string[] words = [.. asked.Distinct().Order(StringComparer.Ordinal)];
        if (words.Length == 0) return ([], false);
        if (left.Length > 0)
            throw new CorpusException("the words that are not learned are held out already; name words to hold out only where all are learned.");
        if (words.FirstOrDefault(word => !corpus.Classes.Contains(word)) is { } strange)
            throw new CorpusException($"'{strange}' cannot be held out, because no clip says it; there are {string.Join(", ", corpus.Classes)}.");
        if (corpus.Classes.Count - words.Length < FewestLearned)
            throw new CorpusException($"with {words.Length} of {corpus.Classes.Count} words held out, fewer than {FewestLearned} are left to learn; "
                + "hold out fewer.");
        return (words, true);
    }

    private static string[] Draw(IReadOnlyList<string> words, int seed)
    {
        if (words.Count < FewestWords) return [];
        string[] order = [.. words];
        new SeededRandom(SeededRandom.Derive((ulong)seed, WordStream)).Shuffle(order);
        return [.. order[(int)Math.Round(LearnedShare * order.Length)..].Order(StringComparer.Ordinal)];
    }
}

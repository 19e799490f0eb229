using Mingling.Corpora;

namespace Mingling.Experiments.Evaluation;

/// <summary>Measures how well a model refuses words that it did not learn.</summary>
public static class OpenSetEvaluator
{
    private const int Replicates = 1000;

    /// <summary>
    /// Scores every clip by the greatest posterior among the known words and compares known with unknown clips. The classes
    /// <c>_unknown_</c> and <c>_silence_</c> of a model are no known words: probability that they take lowers the score.
    /// </summary>
    /// <param name="known">Clips of words that the model knows, at least one.</param>
    /// <param name="unknown">Clips of words that it does not know, at least one.</param>
    /// <param name="classes">The words of the posteriors, in their order.</param>
    /// <param name="seed">Decides the bootstrap samples. Default 1.</param>
    /// <exception cref="ArgumentException">
    /// A known clip carries no word of the model, an unknown one does, or there are no clips of a kind.
    /// </exception>
    public static OpenSetReport Evaluate(
        IReadOnlyList<JudgedClip> known, IReadOnlyList<JudgedClip> unknown, IReadOnlyList<string> classes, ulong seed = 1)
    {
        string[] words = [.. classes.Where(IsWord).Order(StringComparer.Ordinal)];
        string[] strangers = [.. unknown.Select(clip => clip.Word).Distinct().Order(StringComparer.Ordinal)];
        if (known.Count == 0) throw new ArgumentException("there are no clips of known words.", nameof(known));
        if (unknown.Count == 0) throw new ArgumentException("there are no clips of unknown words.", nameof(unknown));
        if (known.FirstOrDefault(clip => !words.Contains(clip.Word)) is { } strange)
            throw new ArgumentException($"'{strange.Word}' is no word of the model, so that it cannot be known.", nameof(known));
        if (strangers.FirstOrDefault(word => words.Contains(word)) is { } learned)
            throw new ArgumentException($"'{learned}' is a word of the model, so that it cannot be unknown.", nameof(unknown));

        var softmax = SoftmaxScores.For(words, [], classes).Scores!;
        ScoredClip[] ofKnown = [.. known.Select(softmax.Score)], ofUnknown = [.. unknown.Select(softmax.Score)];
        var replicates = Enumerable.Range(0, Replicates).Select(replicate =>
        {
            var random = new SeededRandom(SeededRandom.Derive(seed, (ulong)replicate));
            return OpenSetFigures.Measure(Sample(ofKnown, random), Sample(ofUnknown, random));
        }).ToList();
        return new OpenSetReport
        {
            KnownWords = words,
            UnknownWords = strangers,
            KnownClips = known.Count,
            UnknownClips = unknown.Count,
            Score = OpenSetScore.OfReplicates("softmax", OpenSetFigures.Measure(ofKnown, ofUnknown), replicates),
        };
    }

    /// <summary>Whether a label is a word, and neither that of other words nor that of silence.</summary>
    internal static bool IsWord(string label) => label is not (CorpusClip.UnknownLabel or CorpusClip.SilenceLabel);

    private static ScoredClip[] Sample(ScoredClip[] clips, SeededRandom random) => [.. clips.Select(_ => clips[random.Next(clips.Length)])];
}

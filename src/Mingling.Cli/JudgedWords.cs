using Mingling.Corpora;

namespace Mingling.Cli;

/// <summary>Which words a user wants recognised and which refused.</summary>
/// <param name="Known">The words to recognise; empty for all that are not to be refused.</param>
/// <param name="Unknown">The words to refuse.</param>
internal sealed record JudgedWords(IReadOnlyList<string> Known, IReadOnlyList<string> Unknown)
{
    /// <summary>Reads the lists of <c>--words</c> and <c>--unknown</c>.</summary>
    /// <exception cref="UsageException">A word is on both.</exception>
    public static JudgedWords Read(string? words, string? unknown)
    {
        var asked = new JudgedWords(Names(words), Names(unknown));
        if (asked.Known.FirstOrDefault(asked.Unknown.Contains) is { } both)
            throw new UsageException($"'{both}' is in --words and in --unknown; a word is either known or unknown.");
        return asked;
    }

    /// <summary>Whether no word was named.</summary>
    public bool IsEverything => Known.Count == 0 && Unknown.Count == 0;

    /// <summary>Whether clips with a label are to be recognised.</summary>
    public bool IsKnown(string label) => Known.Count > 0 ? Known.Contains(label) : !Unknown.Contains(label);

    /// <summary>Checks that the corpus has the words.</summary>
    /// <exception cref="CorpusException">It lacks one, or has no clip of it to judge by.</exception>
    public void CheckIn(EvaluationClips chosen, string corpus)
    {
        foreach (string word in Known.Concat(Unknown))
        {
            if (!chosen.Words.Contains(word))
                throw new CorpusException($"'{word}' is no word of {corpus}; {NearNames.Hint(word, chosen.Words)}");
            if (chosen.Clips.All(clip => clip.Label != word))
                throw new CorpusException($"there is no clip of '{word}' to judge ({chosen.Choice}).");
        }
    }

    /// <summary>Checks that a run can be judged by them on the words that it learned.</summary>
    /// <exception cref="UsageException">A word to recognise is none that the run learned, or one to refuse is.</exception>
    public void CheckClasses(IReadOnlyList<string> classes)
    {
        if (Known.FirstOrDefault(word => !classes.Contains(word)) is { } strange)
        {
            throw new UsageException($"--words names '{strange}', which the run did not learn; {NearNames.Hint(strange, classes)} "
                + "With --few-shot it can be enrolled.");
        }
        if (Unknown.FirstOrDefault(classes.Contains) is { } learned)
            throw new UsageException($"--unknown names '{learned}', which the run learned; name words that it did not learn.");
    }

    private static string[] Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];
}

using Mingling.Corpora;

namespace Mingling.Experiments.Evaluation;

/// <summary>Which words of a corpus a model is to recognise, and which it is to refuse.</summary>
/// <param name="Known">The words to recognise; empty for all that are not to be refused.</param>
/// <param name="Unknown">The words to refuse.</param>
public sealed record JudgedWords(IReadOnlyList<string> Known, IReadOnlyList<string> Unknown)
{
    /// <summary>All words are to be recognised.</summary>
    public static JudgedWords Everything { get; } = new([], []);

    /// <summary>Whether no word was named.</summary>
    public bool IsEverything => Known.Count == 0 && Unknown.Count == 0;

    /// <summary>Whether clips with a label are to be recognised.</summary>
    public bool IsKnown(string label) => Known.Count > 0 ? Known.Contains(label) : !Unknown.Contains(label);

    /// <summary>Checks that there are clips of every word.</summary>
    /// <param name="chosen">The clips to judge by.</param>
    /// <param name="corpus">What the message calls the corpus.</param>
    /// <exception cref="CorpusException">The corpus lacks a word, or has no clip of it to judge by.</exception>
    public void RequireIn(EvaluationClips chosen, string corpus)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        foreach (string word in Known.Concat(Unknown))
        {
            if (!chosen.Words.Contains(word))
                throw new CorpusException($"'{word}' is no word of {corpus}; {NearNames.Hint(word, chosen.Words)}");
            if (chosen.Clips.All(clip => clip.Label != word))
                throw new CorpusException($"there is no clip of '{word}' to judge ({chosen.Choice}).");
        }
    }
}

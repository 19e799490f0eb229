namespace Mingling.Corpora.Phonetics;

/// <summary>A word and how it is spoken.</summary>
/// <param name="Word">The word.</param>
/// <param name="Form">How it is spoken.</param>
public sealed record SpokenWord(string Word, PhoneticForm Form);

/// <summary>Two words and how alike they sound.</summary>
/// <param name="First">The word that was named first.</param>
/// <param name="Second">The other.</param>
/// <param name="Alignment">Their sounds side by side.</param>
public sealed record SoundPair(string First, string Second, PhoneticAlignment Alignment)
{
    /// <summary>How alike they sound, 0 … 1.</summary>
    public double Similarity => Alignment.Similarity;

    /// <summary>Whether a recogniser is likelier than with other pairs to take one for the other: from <see cref="SimilarSounds.TooClose"/> on.</summary>
    public bool IsTooClose => Similarity >= SimilarSounds.TooClose;

    /// <summary>In one sentence what sets them apart and what would set them further apart.</summary>
    public string Advice => Remark.Text;

    /// <summary><see cref="Advice"/> with its code and values.</summary>
    public Remark Remark => PhoneticAdvice.Advise(Alignment);
}

/// <summary>A word and the number of its pairs that are too close.</summary>
/// <param name="Word">The word.</param>
/// <param name="Pairs">The number of pairs, at least 1.</param>
public sealed record CloseWord(string Word, int Pairs);

/// <summary>The words of a vocabulary, two by two, by how alike they sound.</summary>
public sealed class SimilarSounds
{
    /// <summary>The similarity from which two words are too close. Measured: see docs/similar-words.md.</summary>
    public const double TooClose = 0.65;

    private SimilarSounds(IReadOnlyList<SoundPair> pairs)
    {
        Pairs = pairs;
        CloseWords =
        [
            .. pairs.Where(pair => pair.IsTooClose).SelectMany(pair => new[] { pair.First, pair.Second })
                .CountBy(word => word).Select(count => new CloseWord(count.Key, count.Value)).OrderByDescending(word => word.Pairs),
        ];
    }

    /// <summary>All pairs, the closest first; pairs alike in the order in which the words were named.</summary>
    public IReadOnlyList<SoundPair> Pairs { get; }

    /// <summary>The words in pairs that are too close, those in most first. To change one of them helps most.</summary>
    public IReadOnlyList<CloseWord> CloseWords { get; }

    /// <summary>Compares every word with every other.</summary>
    /// <param name="words">The words, each once.</param>
    /// <param name="weights">What counts how much; null for the defaults.</param>
    public static SimilarSounds Compare(IReadOnlyList<SpokenWord> words, SoundWeights? weights = null)
    {
        weights ??= new SoundWeights();
        var pairs = from i in Enumerable.Range(0, words.Count)
                    from k in Enumerable.Range(i + 1, words.Count - i - 1)
                    select new SoundPair(words[i].Word, words[k].Word, PhoneticAlignment.Align(words[i].Form, words[k].Form, weights));
        return new SimilarSounds([.. pairs.OrderByDescending(pair => pair.Similarity)]);
    }
}

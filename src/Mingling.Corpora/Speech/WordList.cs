using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Speech;

/// <summary>A word or phrase to be spoken.</summary>
/// <param name="Label">The class.</param>
/// <param name="Text">What is said: usually the label, else another text or phonemes in <c>[[ ]]</c>.</param>
public sealed record ListedWord(string Label, string Text);

/// <summary>A list of words to be spoken: one a line, with a tab before what is said where that is not the word itself.</summary>
public static class WordList
{
    private const int LongestLabel = 200, LongestText = 2000;

    /// <summary>Reads a list; empty lines do not count.</summary>
    /// <param name="path">A text file in UTF-8.</param>
    /// <exception cref="CorpusException">The file cannot be read.</exception>
    /// <exception cref="SpeechException">There is no word, a line lacks its word or its text, has more than 200 or 2,000 characters of them or such as cannot be shown, or one stands there twice.</exception>
    public static IReadOnlyList<ListedWord> Read(string path)
    {
        var words = new List<ListedWord>();
        var known = new HashSet<ListedWord>();
        string[] lines = ListFile.TextOf(path).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            string[] parts = lines[i].TrimEnd('\r').Split('\t', 2);
            var word = new ListedWord(parts[0].Trim(), parts[^1].Trim());
            string place = $"Line {i + 1} of '{path}'";
            if (word.Label.Length == 0 || word.Text.Length == 0)
                throw new SpeechException($"{place} lacks its word or what is said; write a word, or a word, a tab and what is said.");
            if (!ShownText.IsPlain(word.Label) || !ShownText.IsPlain(word.Text))
                throw new SpeechException($"{place} holds characters that cannot be shown or typed: '{ShownText.Quoted(lines[i].Trim())}'; write a word, or a word, a tab and what is said.");
            if (word.Label.Length > LongestLabel || word.Text.Length > LongestText)
                throw new SpeechException($"{place} is too long: '{ShownText.Quoted(word.Label)}'; a word has at most {LongestLabel} characters, and what is said at most {LongestText}.");
            if (word.Label is CorpusClip.NoiseLabel or CorpusClip.SilenceLabel)
                throw new SpeechException($"{place} names '{word.Label}', which nobody says.");
            if (!known.Add(word)) throw new SpeechException($"{place} names '{ShownText.Quoted(word.Label)}' again; leave it out.");
            words.Add(word);
        }
        return words.Count > 0 ? words : throw new SpeechException($"There is no word in '{path}'; write one a line.");
    }
}

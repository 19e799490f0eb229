using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Speech;

/// <summary>A word or phrase to be spoken.</summary>
/// <param name="Label">The class.</param>
/// <param name="Text">What is said: usually the label, else another text or phonemes in <c>[[ ]]</c>.</param>
public sealed record ListedWord(string Label, string Text);

/// <summary>A list of words to be spoken: one a line, with a tab before what is said where that is not the word itself.</summary>
public static class WordList
{
    /// <summary>Reads a list; empty lines do not count.</summary>
    /// <param name="path">A text file in UTF-8.</param>
    /// <exception cref="CorpusException">The file cannot be read.</exception>
    /// <exception cref="SpeechException">There is no word, a line lacks its word or its text, or one stands there twice.</exception>
    public static IReadOnlyList<ListedWord> Read(string path)
    {
        var words = new List<ListedWord>();
        string[] lines = ListFile.TextOf(path).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            string[] parts = lines[i].TrimEnd('\r').Split('\t', 2);
            var word = new ListedWord(parts[0].Trim(), parts[^1].Trim());
            if (word.Label.Length == 0 || word.Text.Length == 0)
                throw new SpeechException($"Line {i + 1} of '{path}' lacks its word or what is said; write a word, or a word, a tab and what is said.");
            if (word.Label is CorpusClip.NoiseLabel or CorpusClip.SilenceLabel)
                throw new SpeechException($"Line {i + 1} of '{path}' names '{word.Label}', which nobody says.");
            if (words.Contains(word)) throw new SpeechException($"Line {i + 1} of '{path}' names '{word.Label}' again; leave it out.");
            words.Add(word);
        }
        return words.Count > 0 ? words : throw new SpeechException($"There is no word in '{path}'; write one a line.");
    }
}

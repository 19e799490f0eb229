using System.Text.RegularExpressions;
using Mingling.Cli.Host;
using Mingling.Corpora.Speech;

namespace Mingling.Cli.Commands;

/// <summary>Reads the words that <c>--words</c> names.</summary>
internal static partial class WordsToSay
{
    /// <summary>Reads <c>word,word=text,word=language:text</c>.</summary>
    /// <exception cref="UsageException">There is nothing for a word, or a word is named twice.</exception>
    public static IReadOnlyList<WordToSay> ReadList(string list)
    {
        WordToSay[] words = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];
        if (words.CountBy(word => word.Word).FirstOrDefault(count => count.Value > 1).Key is { } twice)
            throw new UsageException($"--words names '{twice}' twice; name each word once.");
        return words;
    }

    private static WordToSay Read(string item)
    {
        string[] parts = item.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length == 1) return new WordToSay(item, item, null);
        var language = LanguageBefore().Match(parts[1]);
        string text = parts[1][language.Length..].Trim();
        if (parts[0].Length == 0 || text.Length == 0)
            throw new UsageException($"'{item}' in --words is not a word, 'word=text' or 'word=language:text'.");
        return new WordToSay(parts[0], text, language.Success ? language.Groups[1].Value : null);
    }

    [GeneratedRegex("^([a-z]{2,3}(?:-[A-Za-z0-9]+)*):")]
    private static partial Regex LanguageBefore();
}

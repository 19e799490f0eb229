using System.Text.RegularExpressions;
using Mingling.Corpora.Phonetics;

namespace Mingling.Corpora.Speech;

/// <summary>Finds the language of a word by its script, so that a list may mix languages.</summary>
internal static class WrittenLanguage
{
    private const string English = "en";

    /// <summary>Scripts and the languages written in them, the likeliest first. The first script that occurs decides: Japanese mixes its own letters with hanzi.</summary>
    private static readonly (string Letters, string[] Languages)[] Scripts =
    [
        (@"[\p{IsHiragana}\p{IsKatakana}]", ["ja"]),
        (@"\p{IsCJKUnifiedIdeographs}", ["cmn", "zh", "yue", "hak", "ja"]),
        (@"\p{IsHangulSyllables}", ["ko"]),
        (@"\p{IsArabic}", ["ar", "fa", "ur", "ps", "sd", "ug"]),
        (@"\p{IsCyrillic}", ["ru", "be", "bg", "kk", "ky", "mk", "sr", "tt", "uk", "ba", "cv"]),
        (@"\p{IsGreek}", ["el", "grc"]),
        (@"\p{IsDevanagari}", ["hi", "mr", "ne", "kok"]),
    ];

    /// <summary>
    /// The wanted language where its words are written so; otherwise the likeliest of the script, English for Latin letters.
    /// </summary>
    /// <param name="text">The word as it is written.</param>
    /// <param name="wanted">The language of most words; null where none was named.</param>
    /// <exception cref="PronunciationException">The script is of no language known here, and none was named.</exception>
    public static string Guess(string text, string? wanted)
    {
        string? family = wanted?.Split('-')[0];
        if (Array.Find(Scripts, script => Regex.IsMatch(text, script.Letters)).Languages is { } languages)
            return languages.Contains(family) ? wanted! : languages[0];
        if (Regex.IsMatch(text, @"[^\P{L}\p{IsBasicLatin}\p{IsLatin-1Supplement}\p{IsLatinExtended-A}\p{IsLatinExtended-B}\p{IsLatinExtendedAdditional}]"))
            return wanted ?? throw new PronunciationException($"the language of '{text}' cannot be told by its letters; name it with --language.");
        return wanted is null || Scripts.Any(script => script.Languages.Contains(family)) ? English : wanted;
    }
}

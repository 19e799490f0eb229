using System.Text.RegularExpressions;

namespace Mingling.Corpora.Speech;

/// <summary>How a text is said.</summary>
/// <param name="Words">The words, each with its phones in IPA; the stress mark (ˈ or ˌ) stands before the stressed vowel.</param>
/// <param name="OtherLanguages">
/// The languages by whose rules parts were read: right for a loanword, wrong where a voice lacks a script and spells its letters.
/// </param>
public sealed partial record Pronunciation(IReadOnlyList<IReadOnlyList<string>> Words, IReadOnlyList<string> OtherLanguages)
{
    /// <summary>Not found in the output of any language, unlike the space, underscore and stop that the program itself writes.</summary>
    internal const char Separator = '¦';

    /// <summary>Languages whose vowels carry a tone, which the program prints as a digit of its own notation.</summary>
    private static readonly string[] Tonal = ["cmn", "zh", "yue", "hak", "vi", "th", "my"];

    /// <summary>What the program prints for Mandarin in its own letters; longer ones first.</summary>
    private static readonly (string Printed, string Ipa)[] Mandarin =
        [("ts.", "ʈʂ"), ("s.", "ʂ"), ("i.", "ɨ"), ("i̪", "ɨ"), ("o-", "ɤ"), ("onɡ", "ʊŋ")];

    /// <summary>The IPA, with a space between words.</summary>
    public string Ipa => string.Join(' ', Words.Select(word => string.Concat(word)));

    /// <summary>Reads what <c>--ipa</c> prints with the separator between phones.</summary>
    /// <param name="printed">One line for each clause.</param>
    /// <param name="language">The language of the voice, such as <c>cmn-latn-pinyin</c>.</param>
    internal static Pronunciation Parse(string printed, string language)
    {
        string family = language.Split('-')[0];
        var words = new List<IReadOnlyList<string>>();
        var others = new List<string>();
        foreach (string word in printed.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (Match mark in LanguageMark().Matches(word))
            {
                if (mark.Groups[1].Value.Split('-')[0] is var other && other != family && !others.Contains(other)) others.Add(other);
            }
            string[] phones =
            [
                .. LanguageMark().Replace(word, "").Split(Separator).Select(phone => Plain(phone, family)).Where(phone => phone.Length > 0),
            ];
            if (phones.Length > 0) words.Add(phones);
        }
        return new Pronunciation(words, others);
    }

    private static string Plain(string phone, string family)
    {
        phone = phone.Trim('_', ':', '|');
        if (Tonal.Contains(family)) phone = Tone().Replace(phone, "");
        if (family is not ("cmn" or "zh")) return phone;
        foreach (var (sound, ipa) in Mandarin) phone = phone.Replace(sound, ipa);
        return Aspiration().Replace(phone, "ʰ");
    }

    [GeneratedRegex(@"\(([a-z][a-z0-9-]*)\)")]
    private static partial Regex LanguageMark();

    /// <summary>Of tone 35 only ɜ is left: the program takes its 3 for the vowel. It stands behind a vowel, and the vowel ɜ is never short there.</summary>
    [GeneratedRegex(@"(?<=[^ˈˌ])[0-9ɜ]$")]
    private static partial Regex Tone();

    [GeneratedRegex(@"(?<=[ptkɕʂs])h$")]
    private static partial Regex Aspiration();
}

using System.Text;
using System.Text.RegularExpressions;

namespace Mingling.Corpora.Phonetics;

/// <summary>The ARPAbet of English as the CMU Pronouncing Dictionary writes it: <c>T ER1 N AA1 N</c>.</summary>
internal static partial class Arpabet
{
    private static readonly Dictionary<string, string> Letters = new()
    {
        ["AA"] = "ɑ",
        ["AE"] = "æ",
        ["AH"] = "ʌ",
        ["AO"] = "ɔ",
        ["AW"] = "aʊ",
        ["AX"] = "ə",
        ["AXR"] = "ɚ",
        ["AY"] = "aɪ",
        ["B"] = "b",
        ["CH"] = "tʃ",
        ["D"] = "d",
        ["DH"] = "ð",
        ["DX"] = "ɾ",
        ["EH"] = "ɛ",
        ["ER"] = "ɝ",
        ["EY"] = "eɪ",
        ["F"] = "f",
        ["G"] = "ɡ",
        ["HH"] = "h",
        ["IH"] = "ɪ",
        ["IX"] = "ɨ",
        ["IY"] = "i",
        ["JH"] = "dʒ",
        ["K"] = "k",
        ["L"] = "l",
        ["M"] = "m",
        ["N"] = "n",
        ["NG"] = "ŋ",
        ["OW"] = "oʊ",
        ["OY"] = "ɔɪ",
        ["P"] = "p",
        ["R"] = "ɹ",
        ["S"] = "s",
        ["SH"] = "ʃ",
        ["T"] = "t",
        ["TH"] = "θ",
        ["UH"] = "ʊ",
        ["UW"] = "u",
        ["V"] = "v",
        ["W"] = "w",
        ["Y"] = "j",
        ["Z"] = "z",
        ["ZH"] = "ʒ",
    };

    /// <summary>Whether a text is written so: capital letters, with the digit of stress behind vowels, apart by spaces.</summary>
    public static bool Is(string text) => Written().IsMatch(text);

    /// <summary>The text in the International Phonetic Alphabet, each mark of stress before its vowel.</summary>
    /// <exception cref="FormatException">A symbol is not of the ARPAbet.</exception>
    public static string ToIpa(string text)
    {
        var ipa = new StringBuilder();
        foreach (string symbol in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string letters = symbol.TrimEnd('0', '1', '2');
            if (!Letters.TryGetValue(letters, out string? sound)) throw new FormatException($"'{symbol}' is no symbol of the ARPAbet.");
            ipa.Append(symbol[^1] switch { '1' => "ˈ", '2' => "ˌ", _ => "" });
            // Without stress AH and ER are the weak vowels of 'about' and 'letter'.
            ipa.Append(symbol switch { "AH0" => "ə", "ER0" => "ɚ", _ => sound });
        }
        return ipa.ToString();
    }

    [GeneratedRegex("^[A-Z]+[012]?( +[A-Z]+[012]?)*$")]
    private static partial Regex Written();
}

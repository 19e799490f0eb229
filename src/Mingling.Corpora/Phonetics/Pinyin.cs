using System.Text.RegularExpressions;

namespace Mingling.Corpora.Phonetics;

/// <summary>Pinyin with digits for tones, <c>kai1 deng1</c>, as Standard Chinese is spoken (Lee and Zee 2003, Duanmu 2007).</summary>
internal static partial class Pinyin
{
    private static readonly Dictionary<string, string> Initials = new()
    {
        ["b"] = "p",
        ["p"] = "pʰ",
        ["m"] = "m",
        ["f"] = "f",
        ["d"] = "t",
        ["t"] = "tʰ",
        ["n"] = "n",
        ["l"] = "l",
        ["g"] = "k",
        ["k"] = "kʰ",
        ["h"] = "x",
        ["j"] = "tɕ",
        ["q"] = "tɕʰ",
        ["x"] = "ɕ",
        ["zh"] = "ʈʂ",
        ["ch"] = "ʈʂʰ",
        ["sh"] = "ʂ",
        ["r"] = "ʐ",
        ["z"] = "t͡s",
        ["c"] = "t͡sʰ",
        ["s"] = "s",
        [""] = "",
    };

    private static readonly Dictionary<string, string> Finals = new()
    {
        ["a"] = "a",
        ["o"] = "wo",
        ["e"] = "ɤ",
        ["ê"] = "ɛ",
        ["ai"] = "aɪ",
        ["ei"] = "eɪ",
        ["ao"] = "ɑʊ",
        ["ou"] = "oʊ",
        ["an"] = "an",
        ["en"] = "ən",
        ["ang"] = "ɑŋ",
        ["eng"] = "əŋ",
        ["ong"] = "ʊŋ",
        ["er"] = "aɻ",
        ["i"] = "i",
        ["ia"] = "ja",
        ["ie"] = "jɛ",
        ["iao"] = "jɑʊ",
        ["iu"] = "joʊ",
        ["ian"] = "jɛn",
        ["in"] = "in",
        ["iang"] = "jɑŋ",
        ["ing"] = "iŋ",
        ["iong"] = "jʊŋ",
        ["io"] = "jo",
        ["u"] = "u",
        ["ua"] = "wa",
        ["uo"] = "wo",
        ["uai"] = "waɪ",
        ["ui"] = "weɪ",
        ["uan"] = "wan",
        ["un"] = "wən",
        ["uang"] = "wɑŋ",
        ["ueng"] = "wəŋ",
        ["ü"] = "y",
        ["üe"] = "ɥɛ",
        ["üan"] = "ɥɛn",
        ["ün"] = "yn",
    };

    /// <summary>Chao's levels of the four tones and the neutral one.</summary>
    private static readonly string[] Tones = ["55", "35", "214", "51", "3"];

    /// <summary>Whether a text is written so: small letters, each syllable with its digit from 1 to 5.</summary>
    public static bool Is(string text) => Written().IsMatch(text.Replace("u\u0308", "ü", StringComparison.Ordinal));

    /// <summary>The text in the International Phonetic Alphabet, a full stop between syllables.</summary>
    /// <remarks>A third tone is spoken as the second before another third, and does not rise before any other.</remarks>
    /// <exception cref="FormatException">A syllable is not of Standard Chinese.</exception>
    public static string ToIpa(string text)
    {
        var syllables = Syllable().Matches(text.Replace("u\u0308", "ü", StringComparison.Ordinal));
        return string.Join('.', syllables.Select((match, i) =>
        {
            string tone = Tones[match.Value[^1] - '1'];
            if (match.Value[^1] == '3' && i + 1 < syllables.Count) tone = syllables[i + 1].Value[^1] == '3' ? "35" : "21";
            return Sounds(match.Value[..^1]) + tone;
        }));
    }

    private static string Sounds(string spelled)
    {
        string written = spelled.Replace("u:", "ü", StringComparison.Ordinal).Replace('v', 'ü');
        string syllable = written switch
        {
            ['y', 'u', ..] => "ü" + written[2..],
            ['y', 'i', ..] or ['w', 'u', ..] => written[1..],
            ['y', ..] => "i" + written[1..],
            ['w', ..] => "u" + written[1..],
            _ => written,
        };
        syllable = syllable switch { "iou" => "iu", "uei" => "ui", "uen" => "un", _ => syllable };
        int length = syllable is ['z' or 'c' or 's', 'h', ..] ? 2 : Initials.ContainsKey(syllable[..1]) ? 1 : 0;
        string initial = syllable[..length], final = syllable[length..];
        if (initial is "j" or "q" or "x" && final.StartsWith('u')) final = "ü" + final[1..];
        if (final == "i" && initial is "z" or "c" or "s") return Initials[initial] + "ɿ";
        if (final == "i" && initial is "zh" or "ch" or "sh" or "r") return Initials[initial] + "ʅ";
        return Finals.TryGetValue(final, out string? sound) ? Initials[initial] + sound
            : throw new FormatException($"'{spelled}' is no syllable of pinyin.");
    }

    [GeneratedRegex("^([a-zêü]+:?[a-z]*[1-5] *)+$")]
    private static partial Regex Written();

    [GeneratedRegex("[a-zêü:]+[1-5]")]
    private static partial Regex Syllable();
}

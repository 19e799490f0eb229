using static Mingling.Corpora.Phonetics.SoundFeature;

namespace Mingling.Corpora.Phonetics;

/// <summary>The diacritics and other marks of the International Phonetic Alphabet.</summary>
internal static class IpaMarks
{
    /// <summary>Marks that set a feature of the letter before them.</summary>
    public static IReadOnlyDictionary<char, (SoundFeature Feature, double Value)> Features { get; } = new Dictionary<char, (SoundFeature, double)>
    {
        ['ː'] = (Length, 1),
        [':'] = (Length, 1),
        ['ˑ'] = (Length, 0.5),
        ['ʰ'] = (Aspirated, 1),
        ['ʱ'] = (Aspirated, 1),
        ['ʼ'] = (Glottalic, 1),
        ['ʲ'] = (Palatalized, 1),
        ['ʷ'] = (Labialized, 1),
        ['ˤ'] = (Pharyngealized, 1),
        ['ˠ'] = (Pharyngealized, 1),
        ['\u0334'] = (Pharyngealized, 1),
        ['\u0303'] = (Nasal, 1),
        ['ⁿ'] = (Nasal, 1),
        ['\u0325'] = (Voiced, 0),
        ['\u030A'] = (Voiced, 0),
        ['\u032C'] = (Voiced, 1),
        ['˞'] = (Rhotic, 1),
    };

    /// <summary>Marks that move a vowel by steps of the chart: height in sixths, backness in quarters.</summary>
    public static IReadOnlyDictionary<char, (SoundFeature Feature, double Step)> Moves { get; } = new Dictionary<char, (SoundFeature, double)>
    {
        ['\u031D'] = (Height, 1 / 12.0),
        ['\u031E'] = (Height, -1 / 12.0),
        ['\u031F'] = (Backness, -0.125),
        ['\u0320'] = (Backness, 0.125),
    };

    /// <summary>The levels of tones, lowest 1, highest 5 (Chao 1930), that a mark stands for.</summary>
    public static IReadOnlyDictionary<char, int[]> Tones { get; } = new Dictionary<char, int[]>
    {
        ['˩'] = [1],
        ['˨'] = [2],
        ['˧'] = [3],
        ['˦'] = [4],
        ['˥'] = [5],
        ['1'] = [1],
        ['2'] = [2],
        ['3'] = [3],
        ['4'] = [4],
        ['5'] = [5],
        ['¹'] = [1],
        ['²'] = [2],
        ['³'] = [3],
        ['⁴'] = [4],
        ['⁵'] = [5],
        ['\u030F'] = [1],
        ['\u0300'] = [2],
        ['\u0304'] = [3],
        ['\u0301'] = [4],
        ['\u030B'] = [5],
        ['\u030C'] = [1, 5],
        ['\u0302'] = [5, 1],
    };

    /// <summary>Primary and secondary stress of the syllable that follows.</summary>
    public static IReadOnlyDictionary<char, double> Stress { get; } = new Dictionary<char, double> { ['ˈ'] = 1, ['\''] = 1, ['ˌ'] = 0.5, [','] = 0.5 };

    /// <summary>The mark of a syllable built on a consonant.</summary>
    public const string Syllabic = "\u0329\u030D";

    /// <summary>The mark of a vowel that builds no syllable.</summary>
    public const string NonSyllabic = "\u032F\u0311";

    /// <summary>What joins two letters to one sound.</summary>
    public const string Ties = "\u0361\u035C\u200D";

    /// <summary>The mark of a vowel nearer to the middle of the mouth.</summary>
    public const char Centralized = '\u0308';

    /// <summary>
    /// Marks of shades too small to tell words apart (dental, apical, breathy, unreleased …), and the borders of syllables, words and
    /// transcriptions.
    /// </summary>
    public const string WithoutEffect = "\u032A\u033A\u033B\u033C\u0324\u0330\u031A\u0306\u0339\u031C\u0318\u0319\u033D\u0348\u0349ˡ↗↘ꜛꜜ .-_|‖‿/[]()+\u200B\u2060";
}

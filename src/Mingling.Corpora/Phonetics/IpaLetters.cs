using static Mingling.Corpora.Phonetics.SoundFeature;

namespace Mingling.Corpora.Phonetics;

/// <summary>The letters of the International Phonetic Alphabet (chart revised 2020) with their features.</summary>
internal static class IpaLetters
{
    public const double Stop = 0, Affricate = 0.2, Fricative = 0.4, Nasal = 0.6, Trill = 0.75, Liquid = 0.85, Approximant = 1;

    private const double Bilabial = 0, Labiodental = 0.1, Dental = 0.2, Alveolar = 0.3, Postalveolar = 0.4, Retroflex = 0.45, AlveoloPalatal = 0.5,
        Palatal = 0.55, Velar = 0.7, Uvular = 0.8, Pharyngeal = 0.9, Glottal = 1;

    private static readonly Dictionary<string, Sound> Letters = [];

    static IpaLetters()
    {
        Pairs(Stop, (Bilabial, "pb"), (Alveolar, "td"), (Retroflex, "ʈɖ"), (Palatal, "cɟ"), (Velar, "kɡ"), (Uvular, "qɢ"), (Pharyngeal, "ʡ "), (Glottal, "ʔ "));
        Pairs(Fricative, (Bilabial, "ɸβ"), (Labiodental, "fv"), (Dental, "θð"), (Palatal, "çʝ"), (Velar, "xɣ"), (Uvular, "χʁ"), (Pharyngeal, "ħ "),
            (Pharyngeal, "ʜʢ"), (Glottal, "hɦ"), (Postalveolar, "ɧ "));
        Pairs(Fricative, [Sibilant], (Alveolar, "sz"), (Postalveolar, "ʃʒ"), (Retroflex, "ʂʐ"), (AlveoloPalatal, "ɕʑ"));
        Pairs(Fricative, [Lateral], (Alveolar, "ɬɮ"));
        Voiced(Nasal, [SoundFeature.Nasal], (Bilabial, 'm'), (Labiodental, 'ɱ'), (Alveolar, 'n'), (Retroflex, 'ɳ'), (Palatal, 'ɲ'), (Velar, 'ŋ'), (Uvular, 'ɴ'));
        Voiced(Trill, [], (Bilabial, 'ʙ'), (Alveolar, 'r'), (Uvular, 'ʀ'), (Labiodental, 'ⱱ'), (Alveolar, 'ɾ'), (Retroflex, 'ɽ'));
        Voiced(Liquid, [Lateral], (Alveolar, 'l'), (Retroflex, 'ɭ'), (Palatal, 'ʎ'), (Velar, 'ʟ'), (Alveolar, 'ɺ'));
        Voiced(Approximant, [], (Labiodental, 'ʋ'), (Alveolar, 'ɹ'), (Retroflex, 'ɻ'), (Palatal, 'j'), (Velar, 'ɰ'),
            // The chart has ʕ among the fricatives; in Arabic it is an approximant (Ladefoged and Maddieson 1996).
            (Pharyngeal, 'ʕ'));
        Voiced(Approximant, [Labialized], (Velar, 'w'), (Palatal, 'ɥ'));
        Voiced(Liquid, [Lateral, Pharyngealized], (Alveolar, 'ɫ'));
        Voiced(Stop, [Glottalic], (Bilabial, 'ɓ'), (Alveolar, 'ɗ'), (Palatal, 'ʄ'), (Velar, 'ɠ'), (Uvular, 'ʛ'));
        foreach (var (place, letter) in new[] { (Bilabial, 'ʘ'), (Dental, 'ǀ'), (Postalveolar, 'ǃ'), (Palatal, 'ǂ') })
            Consonant(letter, place, Stop, false, Glottalic);
        Consonant('ǁ', Alveolar, Stop, false, Glottalic, Lateral);
        Consonant('ʍ', Velar, Fricative, false, Labialized);

        // Rows of the chart from close to open: front, central and back, each unrounded and rounded.
        string[] rows = ["iyɨʉɯu", "ɪʏᵻᵿ ʊ", "eøɘɵɤo", "  ə   ", "ɛœɜɞʌɔ", "æ ɐ   ", "aɶ  ɑɒ"];
        for (int row = 0; row < rows.Length; row++)
            for (int column = 0; column < 6; column++)
                if (rows[row][column] != ' ') Vowel(rows[row][column], 1 - row / 6.0, column / 2 / 2.0, column % 2);
        Vowel('ɚ', 0.5, 0.5, 0, Rhotic);
        Vowel('ɝ', 2 / 6.0, 0.5, 0, Rhotic);
        // The apical vowels of Mandarin zi and zhi, in the letters of sinology.
        Vowel('ɿ', 1, 0.5, 0);
        Vowel('ʅ', 1, 0.5, 0, Rhotic);

        foreach (var (ligature, stop, fricative) in new[] { ("ʦ", "t", "s"), ("ʣ", "d", "z"), ("ʧ", "t", "ʃ"), ("ʤ", "d", "ʒ"), ("ʨ", "t", "ɕ"), ("ʥ", "d", "ʑ") })
            Letters[ligature] = AsAffricate(Letters[stop], Letters[fricative], ligature);
        Letters["g"] = Letters["ɡ"].With("ɡ", SoundFeature.Voiced, 1);
    }

    /// <summary>The sound of a letter; null where the alphabet has no such letter.</summary>
    public static Sound? Find(string letter) => Letters.GetValueOrDefault(letter);

    /// <summary>Whether a stop and a fricative can be one sound.</summary>
    /// <param name="stop">The sound before.</param>
    /// <param name="fricative">The sound after.</param>
    /// <param name="tied">
    /// Whether they are joined by a tie. Without it only the hushing affricates are taken as one, which are commonly written so (tʃ, tɕ, ʈʂ);
    /// t and s meet in words by chance.
    /// </param>
    public static bool IsAffricate(Sound stop, Sound fricative, bool tied) =>
        stop.Kind == SoundKind.Consonant && fricative.Kind == SoundKind.Consonant && stop[Sonority] == Stop && fricative[Sonority] == Fricative
        && (tied || fricative[Sibilant] == 1 && fricative[Place] >= Postalveolar && stop[Place] is Alveolar or Retroflex
            && stop[SoundFeature.Voiced] == fricative[SoundFeature.Voiced]);

    /// <summary>The two as one sound.</summary>
    public static Sound AsAffricate(Sound stop, Sound fricative, string text) =>
        fricative.With(text, Sonority, Affricate).With(text, SoundFeature.Voiced, stop[SoundFeature.Voiced]);

    private static void Pairs(double sonority, params (double Place, string Letters)[] places) => Pairs(sonority, [], places);

    private static void Pairs(double sonority, SoundFeature[] present, params (double Place, string Letters)[] places)
    {
        foreach (var (place, letters) in places)
            for (int voiced = 0; voiced < 2; voiced++)
                if (letters[voiced] != ' ') Consonant(letters[voiced], place, sonority, voiced == 1, present);
    }

    private static void Voiced(double sonority, SoundFeature[] present, params (double Place, char Letter)[] places)
    {
        foreach (var (place, letter) in places) Consonant(letter, place, sonority, true, present);
    }

    private static void Consonant(char letter, double place, double sonority, bool voiced, params SoundFeature[] present) =>
        Add(letter, SoundKind.Consonant, [(Place, place), (Sonority, sonority), (SoundFeature.Voiced, voiced ? 1 : 0), .. present.Select(feature => (feature, 1.0))]);

    private static void Vowel(char letter, double height, double backness, double rounded, params SoundFeature[] present) =>
        Add(letter, SoundKind.Vowel, [(Sonority, Approximant), (SoundFeature.Voiced, 1), (Height, height), (Backness, backness), (Rounded, rounded),
            .. present.Select(feature => (feature, 1.0))]);

    private static void Add(char letter, SoundKind kind, (SoundFeature Feature, double Value)[] values)
    {
        double[] features = new double[Sound.Features];
        features[(int)ToneStart] = features[(int)ToneMiddle] = features[(int)ToneEnd] = 0.5;
        foreach (var (feature, value) in values) features[(int)feature] = value;
        Letters[letter.ToString()] = new Sound(letter.ToString(), kind, features) { IsSyllabic = kind == SoundKind.Vowel };
    }
}

namespace Mingling.Corpora.Speech;

/// <summary>Phones of eSpeak NG's notation that are near to one another, for English, Mandarin and what has the same phones.</summary>
internal static class NearSounds
{
    /// <summary>
    /// Sets whose members differ in one feature from some other member: voicing, place, aspiration or retroflexion of consonants, height,
    /// backness or length of vowels.
    /// </summary>
    private static readonly string[] Sets =
    [
        "p b", "t d", "k g", "f v", "T D", "s z", "S Z", "tS dZ", "p t k", "b d g", "f T s", "v D z", "s S tS", "z Z dZ", "m n N", "l r w", "l n", "h f",
        "p ph", "t th", "k kh", "ts tsh", "ts. ts.h", "tS; tS;h", "ts ts.", "tsh ts.h", "s s. S;", "tS; ts.", "X kh f",
        "i: I", "I E eI", "E a aI", "a V", "A: V 0", "0 O:", "O: oU", "U u:", "U V", "3: @", "@ V I", "oU aU", "aI OI eI", "i i: I", "A: A", "o u", "e E i",
        "a A", "@ o-", "i y", "ai ei", "Au ou", "ua uo",
    ];

    private static readonly string[] Tones = ["55", "35", "214", "51"];

    private static readonly Dictionary<string, string[]> Near = Sets.Select(set => set.Split(' '))
        .SelectMany(set => set.Select(phone => (phone, others: set.Where(other => other != phone))))
        .GroupBy(entry => entry.phone, entry => entry.others)
        .ToDictionary(group => group.Key, group => group.SelectMany(others => others).Distinct().ToArray());

    /// <summary>The phones near to one, with its stress; in Mandarin also the vowel in the other tones.</summary>
    public static IReadOnlyList<string> Find(string phone)
    {
        string sound = phone.TrimStart('\'', ','), stress = phone[..^sound.Length];
        string? tone = Tones.FirstOrDefault(tone => sound.Length > tone.Length && sound.EndsWith(tone, StringComparison.Ordinal));
        string vowel = tone is null ? sound : sound[..^tone.Length];
        var sounds = Near.GetValueOrDefault(vowel, []).Select(near => near + tone);
        var tones = tone is null ? [] : Tones.Where(other => other != tone).Select(other => vowel + other);
        return [.. sounds.Concat(tones).Select(near => stress + near)];
    }
}

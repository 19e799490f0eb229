using static Mingling.Corpora.Phonetics.SoundFeature;

namespace Mingling.Corpora.Phonetics;

/// <summary>What sets two words apart, and what would set them further apart.</summary>
internal static class PhoneticAdvice
{
    private const int Named = 4;

    /// <summary>Vowels that differ by less are heard as one by many.</summary>
    private const double SameVowel = 0.25;

    private static readonly (string Name, string Code, SoundFeature[] Features)[] Shades =
        [("tone", "advice.tone", [ToneStart, ToneMiddle, ToneEnd]), ("length", "advice.length", [Length]), ("stress", "advice.stress", [Stress])];

    public static Remark Advise(PhoneticAlignment alignment)
    {
        var sounds = alignment.Sounds;
        int[] changed = [.. Enumerable.Range(0, sounds.Count).Where(i => sounds[i].Differ)];
        if (changed.Length == 0) return new Remark("advice.same", "They sound the same; replace one of them.");
        string[] names = [.. changed.Select(i => $"{sounds[i].Texts.First ?? "–"}/{sounds[i].Texts.Second ?? "–"}")];
        string listed = string.Join(", ", names.Take(Named)) + (names.Length > Named ? " …" : "");
        var differ = Array.Find(Shades, shade => changed.All(i => OnlyIn(sounds[i], shade.Features))) is { Name: { } alone, Code: var code }
            ? new Remark(code, $"They differ in {alone} alone: {listed}", ("sounds", listed))
            : changed.Length == 1 ? Place(sounds, changed[0], listed)
            : new Remark("advice.several", $"They differ in {changed.Length} of {sounds.Count} sounds: {listed}", ("n", changed.Length), ("all", sounds.Count), ("sounds", listed));
        var remedy = Remedy(sounds);
        return new Remark("advice.pair", $"{differ}; {remedy}.", ("differ", differ), ("remedy", remedy));
    }

    private static Remark Place(IReadOnlyList<AlignedSounds> sounds, int at, string listed)
    {
        int vowel = sounds.TakeWhile(pair => !IsSyllabic(pair.First) && !IsSyllabic(pair.Second)).Count();
        return at <= vowel ? new Remark("advice.beginning", $"They differ in one sound at the beginning: {listed}", ("sounds", listed))
            : at == sounds.Count - 1 ? new Remark("advice.end", $"They differ in one sound at the end: {listed}", ("sounds", listed))
            : new Remark("advice.middle", $"They differ in one sound in the middle: {listed}", ("sounds", listed));
    }

    private static Remark Remedy(IReadOnlyList<AlignedSounds> sounds)
    {
        int first = sounds.Count(pair => IsSyllabic(pair.First)), second = sounds.Count(pair => IsSyllabic(pair.Second));
        var vowels = sounds.FirstOrDefault(pair => IsSyllabic(pair.First) || IsSyllabic(pair.Second));
        bool isVowel = vowels is null || vowels.Difference < SameVowel;
        string other = isVowel ? "by a word with another vowel in the first syllable" : "by a word with other consonants";
        return first == second
            ? new Remark(isVowel ? "advice.longer-or-vowel" : "advice.longer-or-consonants", $"make one longer by a syllable or a word, or replace it {other}")
            : new Remark(isVowel ? "advice.vowel" : "advice.consonants", $"replace one {other}");
    }

    private static bool OnlyIn(AlignedSounds pair, SoundFeature[] features) =>
        pair is { First: { } a, Second: { } b } && a.Kind == b.Kind && a.Kind != SoundKind.Unknown
        && Enum.GetValues<SoundFeature>().All(feature => features.Contains(feature) || a[feature] == b[feature]);

    private static bool IsSyllabic(Sound? sound) => sound is { IsSyllabic: true };
}

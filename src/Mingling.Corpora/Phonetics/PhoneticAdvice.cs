using static Mingling.Corpora.Phonetics.SoundFeature;

namespace Mingling.Corpora.Phonetics;

/// <summary>What sets two words apart, and what would set them further apart.</summary>
internal static class PhoneticAdvice
{
    private const int Named = 4;

    /// <summary>Vowels that differ by less are heard as one by many.</summary>
    private const double SameVowel = 0.25;

    private static readonly (string Name, SoundFeature[] Features)[] Shades =
        [("tone", [ToneStart, ToneMiddle, ToneEnd]), ("length", [Length]), ("stress", [Stress])];

    public static string Advise(PhoneticAlignment alignment)
    {
        var sounds = alignment.Sounds;
        int[] changed = [.. Enumerable.Range(0, sounds.Count).Where(i => sounds[i].Differ)];
        if (changed.Length == 0) return "They sound the same; replace one of them.";
        string[] names = [.. changed.Select(i => $"{sounds[i].Texts.First ?? "–"}/{sounds[i].Texts.Second ?? "–"}")];
        string listed = string.Join(", ", names.Take(Named)) + (names.Length > Named ? " …" : "");
        string differ = Array.Find(Shades, shade => changed.All(i => OnlyIn(sounds[i], shade.Features))) is { Name: { } alone } ? $"They differ in {alone} alone: {listed}"
            : changed.Length == 1 ? $"They differ in one sound {Place(sounds, changed[0])}: {listed}"
            : $"They differ in {changed.Length} of {sounds.Count} sounds: {listed}";
        return $"{differ}; {Remedy(sounds)}.";
    }

    private static string Place(IReadOnlyList<AlignedSounds> sounds, int at)
    {
        int vowel = sounds.TakeWhile(pair => !IsSyllabic(pair.First) && !IsSyllabic(pair.Second)).Count();
        return at <= vowel ? "at the beginning" : at == sounds.Count - 1 ? "at the end" : "in the middle";
    }

    private static string Remedy(IReadOnlyList<AlignedSounds> sounds)
    {
        int first = sounds.Count(pair => IsSyllabic(pair.First)), second = sounds.Count(pair => IsSyllabic(pair.Second));
        var vowels = sounds.FirstOrDefault(pair => IsSyllabic(pair.First) || IsSyllabic(pair.Second));
        string longer = first == second ? "make one longer by a syllable or a word, or replace it" : "replace one";
        return vowels is null || vowels.Difference < SameVowel ? $"{longer} by a word with another vowel in the first syllable"
            : $"{longer} by a word with other consonants";
    }

    private static bool OnlyIn(AlignedSounds pair, SoundFeature[] features) =>
        pair is { First: { } a, Second: { } b } && a.Kind == b.Kind && a.Kind != SoundKind.Unknown
        && Enum.GetValues<SoundFeature>().All(feature => features.Contains(feature) || a[feature] == b[feature]);

    private static bool IsSyllabic(Sound? sound) => sound is { IsSyllabic: true };
}

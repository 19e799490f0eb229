namespace Mingling.Corpora.Speech;

/// <summary>The synthetic speakers of a language: its voices, each by itself and with every variant.</summary>
public static class VoicePool
{
    /// <summary>Parts of the names of variants that are no speakers: machines, whispers and a test of speed.</summary>
    private static readonly string[] NoSpeakers = ["robo", "announcer", "demonic", "whisper", "fast"];

    /// <summary>All speakers of a language, such as <c>en-us+f3</c>.</summary>
    /// <exception cref="SpeechException">There is no voice of the language.</exception>
    public static IReadOnlyList<string> Choose(EspeakNg espeak, string language)
    {
        string[] endings = ["", .. Speakers(espeak).Select(variant => $"+{variant}")];
        return [.. espeak.VoicesOf(language).SelectMany(voice => endings.Select(ending => Name(espeak, voice) + ending))];
    }

    /// <summary>The variants that are speakers: what is put behind the <c>+</c>.</summary>
    internal static IEnumerable<string> Speakers(EspeakNg espeak) =>
        espeak.Variants.Select(variant => variant.Id).Where(id => !NoSpeakers.Any(part => id.Contains(part, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Some speakers of a language, drawn at random, in the pool's order.</summary>
    /// <param name="espeak">The program.</param>
    /// <param name="language">The language.</param>
    /// <param name="count">How many, at least 1; null for 60, or all where there are fewer.</param>
    /// <param name="seed">What the draw depends on.</param>
    /// <exception cref="SpeechException">There is no voice of the language, or there are fewer than wanted.</exception>
    public static IReadOnlyList<string> Draw(EspeakNg espeak, string language, int? count, ulong seed)
    {
        const int usual = 60;
        var pool = Choose(espeak, language);
        int wanted = count ?? Math.Min(usual, pool.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(count));
        return wanted <= pool.Count
            ? [.. SeededRandom.Permutation(pool.Count, seed).Take(wanted).Order().Select(i => pool[i])]
            : throw new SpeechException($"eSpeak NG {espeak.Version} has {pool.Count} voices for '{language}', not {wanted}; ask for fewer.");
    }

    /// <summary>Two voices may have one language; then only the file tells them apart.</summary>
    private static string Name(EspeakNg espeak, SpeechVoice voice) =>
        espeak.Voices.Count(other => other.Language == voice.Language) == 1 ? voice.Language : voice.Id;
}

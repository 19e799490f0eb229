using System.Collections.Concurrent;
using Mingling.Audio;

namespace Mingling.Corpora.Speech;

/// <summary>
/// Speech that means nothing: words of random syllables, one to eight in a row, by voices of many languages. It holds sounds, stress and
/// melody of people who speak, and no command but by chance.
/// </summary>
public static class NonsenseSpeech
{
    private const int Slowest = 110, Fastest = 240, Lowest = 15, Highest = 85;

    /// <summary>Languages with other sounds each, whose spelling says Latin letters as they stand.</summary>
    private static readonly string[] Languages =
        ["en-us", "en-gb", "de", "fr-fr", "it", "es", "nl", "pl", "tr", "pt", "sv", "fi", "ro", "cs", "hu", "id", "sw", "hr", "da", "nb", "sk", "lt", "lv", "et", "ca", "af", "vi"];

    private static readonly string[] Onsets = ["", "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch", "br", "tr", "kl", "st", "sp", "w", "y", "gr", "dr"];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "a", "e", "i", "ai", "ou", "ee", "ar", "or"];
    private static readonly string[] Codas = ["", "", "", "n", "m", "l", "r", "s", "t", "k", "d", "sh", "x"];
    private static readonly int[] WordsOf = [1, 1, 1, 2, 3, 5, 8], SyllablesOf = [1, 1, 2, 2, 2, 3, 3, 4];

    /// <summary>Speaks utterances; the same for the same version of the program, count and seed.</summary>
    /// <param name="espeak">The program.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="sampleRate">The rate of the sound (Hz), within <see cref="SampleRates"/>.</param>
    /// <param name="seed">Decides words and voices.</param>
    /// <param name="parallelism">The number of programs at once, at least 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SpeechException">The program failed.</exception>
    public static IReadOnlyList<AudioClip> Speak(EspeakNg espeak, int count, int sampleRate, ulong seed, int parallelism = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(espeak);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        string[] languages = [.. Languages.Where(language => espeak.Voices.Any(voice => voice.Answers(language)))];
        if (languages.Length == 0) throw new SpeechException($"eSpeak NG {espeak.Version} has none of the languages {string.Join(", ", Languages)}.");
        string[] variants = ["", .. VoicePool.Speakers(espeak).Select(variant => "+" + variant)];
        var clips = new AudioClip[count];
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation }, i => clips[i] = One(i));
        return clips;

        AudioClip One(int i)
        {
            var random = new SeededRandom(SeededRandom.Derive(seed, (ulong)i));
            string voice = Draw(languages) + Draw(variants), text = Text(random);
            var settings = new SpeakSettings { SpeedWordsPerMinute = random.Next(Slowest, Fastest + 1), Pitch = random.Next(Lowest, Highest + 1) };
            return Resampler.Resample(espeak.Speak(text, voice, settings, cancellation), sampleRate);

            string Draw(string[] from) => from[random.Next(from.Length)];
        }
    }

    /// <summary>One to eight words that no language knows, or few.</summary>
    internal static string Text(SeededRandom random)
    {
        return string.Join(' ', Enumerable.Range(0, Of(WordsOf)).Select(_ => string.Concat(Enumerable.Range(0, Of(SyllablesOf)).Select(_ => Of(Onsets) + Of(Nuclei) + Of(Codas)))));

        T Of<T>(T[] from) => from[random.Next(from.Length)];
    }
}

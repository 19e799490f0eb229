using System.Collections.Concurrent;
using System.Reflection;
using Mingling.Audio;

namespace Mingling.Corpora.Speech;

/// <summary>
/// Speech in which no command is said: common words of 17 languages and words of random syllables, one to eight in a row, by voices of eSpeak
/// NG. It holds sounds, stress and melody of people who speak.
/// </summary>
public static class OtherSpeech
{
    private const int Slowest = 110, Fastest = 240, Lowest = 15, Highest = 85;
    private const double NonsenseShare = 0.4;

    private static readonly string[] Onsets = ["", "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch", "br", "tr", "kl", "st", "sp", "w", "y", "gr", "dr"];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "a", "e", "i", "ai", "ou", "ee", "ar", "or"];
    private static readonly string[] Codas = ["", "", "", "n", "m", "l", "r", "s", "t", "k", "d", "sh", "x"];
    private static readonly int[] WordsOf = [1, 1, 1, 2, 3, 5, 8], SyllablesOf = [1, 1, 2, 2, 2, 3, 3, 4];

    /// <summary>The common words of each language.</summary>
    internal static IReadOnlyList<(string Language, string[] Words)> CommonWords { get; } = ReadWords();

    /// <summary>Those of the languages that the program speaks.</summary>
    internal static IReadOnlyList<string> LanguagesOf(EspeakNg espeak) =>
        [.. CommonWords.Select(list => list.Language).Where(language => espeak.Voices.Any(voice => voice.Answers(language)))];

    /// <summary>Speaks utterances; the same for the same version of the program, commands, count and seed.</summary>
    /// <param name="espeak">The program.</param>
    /// <param name="commands">The commands; words that are in one of them are not said.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="sampleRate">The rate of the sound (Hz), within <see cref="SampleRates"/>.</param>
    /// <param name="seed">Decides words and voices.</param>
    /// <param name="parallelism">The number of programs at once, at least 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SpeechException">The program failed, or has none of the languages.</exception>
    public static IReadOnlyList<AudioClip> Speak(
        EspeakNg espeak, IEnumerable<string> commands, int count, int sampleRate, ulong seed, int parallelism = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(espeak);
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var spoken = LanguagesOf(espeak);
        var texts = new OtherTexts(commands, [.. CommonWords.Where(list => spoken.Contains(list.Language))]);
        if (texts.IsEmpty) throw new SpeechException($"eSpeak NG {espeak.Version} has none of the languages {string.Join(", ", CommonWords.Select(list => list.Language))}.");
        string[] variants = ["", .. VoicePool.Speakers(espeak).Select(variant => "+" + variant)];
        var clips = new AudioClip[count];
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation }, i => clips[i] = One(i));
        return clips;

        AudioClip One(int i)
        {
            var random = new SeededRandom(SeededRandom.Derive(seed, (ulong)i));
            var (language, text) = texts.Draw(random);
            string variant = variants[random.Next(variants.Length)];
            var settings = new SpeakSettings { SpeedWordsPerMinute = random.Next(Slowest, Fastest + 1), Pitch = random.Next(Lowest, Highest + 1) };
            return Resampler.Resample(espeak.Speak(text, language + variant, settings, cancellation), sampleRate);
        }
    }

    private static (string, string[])[] ReadWords()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CommonWords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split(' ')).Select(words => (words[0], words[1..]))];
    }

    /// <summary>What is said in which language.</summary>
    internal sealed class OtherTexts
    {
        private readonly (string Language, string[] Words)[] _lists;
        private readonly HashSet<string> _commands;

        public OtherTexts(IEnumerable<string> commands, IEnumerable<(string Language, string[] Words)> lists)
        {
            _commands = commands.SelectMany(command => command.Split([' ', '_', '-', '\''], StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            _lists = [.. lists.Select(list => (list.Language, Words: list.Words.Where(word => !_commands.Contains(word)).ToArray())).Where(list => list.Words.Length > 0)];
        }

        public bool IsEmpty => _lists.Length == 0;

        public (string Language, string Text) Draw(SeededRandom random)
        {
            var (language, words) = _lists[random.Next(_lists.Length)];
            bool isNonsense = random.NextDouble() < NonsenseShare;
            return (language, string.Join(' ', Enumerable.Range(0, Of(WordsOf)).Select(_ => isNonsense ? Nonsense() : Of(words))));

            string Nonsense()
            {
                string word;
                do
                {
                    word = string.Concat(Enumerable.Range(0, Of(SyllablesOf)).Select(_ => Of(Onsets) + Of(Nuclei) + Of(Codas)));
                }
                while (_commands.Contains(word));
                return word;
            }

            T Of<T>(T[] from) => from[random.Next(from.Length)];
        }
    }
}

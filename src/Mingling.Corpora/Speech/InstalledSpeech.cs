using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Speech;

/// <summary>
/// Recordings of people that other programs of this machine bring: prompts of the telephone exchange Asterisk, letters and syllables of
/// KLettres, names of things of KTuberling, in some thirty languages. A model learns from them how people say other things, which no synthesizer
/// tells it.
/// </summary>
public static class InstalledSpeech
{
    /// <summary>The environment variable that names other folders, separated as in PATH; empty for none.</summary>
    public const string Variable = "MINGLING_SPEECH";

    private static readonly string[] Usual = ["/usr/share/asterisk/sounds", "/usr/share/klettres", "/usr/share/ktuberling/sounds"];

    /// <summary>The recordings, without those of a telephone's silence and tones.</summary>
    /// <param name="most">At most so many; of more, some are taken at random, always the same.</param>
    /// <returns>The files, named by their paths; empty where there are none.</returns>
    public static IReadOnlyList<CorpusClip> Find(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var draft = new CorpusDraft(strict: false);
        var files = Folders().SelectMany(folder => SoundFolder.Open(folder, draft).Files).Where(file => draft.Accepts(file) && !IsTone(file.Name)).ToArray();
        return [.. SeededRandom.Permutation(files.Length, seed: 0).Take(most).Select(i => new CorpusClip(files[i].Path, files[i].Path, CorpusClip.UnknownLabel))];
    }

    private static IEnumerable<string> Folders()
    {
        string[] named = Environment.GetEnvironmentVariable(Variable) is { } given ? given.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) : Usual;
        return named.Select(Path.GetFullPath).Where(Directory.Exists);
    }

    private static bool IsTone(string name) => name.Contains("silence/", StringComparison.Ordinal) || name.Contains("beep", StringComparison.Ordinal) || name.Contains("tone", StringComparison.Ordinal);
}

namespace Mingling.Corpora.Phonetics;

/// <summary>
/// A text file that says how words are spoken: on each line a word, a tab, and its transcription in any notation of
/// <see cref="Transcription.Read"/>. Empty lines and lines that begin with <c>#</c> are passed over.
/// </summary>
public sealed class PronunciationDictionary
{
    private readonly Dictionary<string, PhoneticForm> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    private PronunciationDictionary(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The words in the order of the file.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Reads a file in UTF-8 or UTF-16.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PronunciationException">A line is wrong, there is no word, or the file is in another encoding.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PronunciationDictionary Load(string path)
    {
        var dictionary = new PronunciationDictionary(path);
        string[] lines = Lines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]) || lines[i].StartsWith('#')) continue;
            try
            {
                dictionary.Add(lines[i]);
            }
            catch (FormatException e)
            {
                throw new PronunciationException($"{path}, line {i + 1}: {e.Message}");
            }
        }
        if (dictionary._entries.Count == 0)
            throw new PronunciationException($"{path} has no word; write a word, a tab and how it is spoken on each line.");
        return dictionary;
    }

    /// <summary>How a word is spoken; null where the file does not have it.</summary>
    /// <param name="word">The word as the file writes it, with accents composed or not.</param>
    public PhoneticForm? Find(string word) => _entries.GetValueOrDefault(Accents.Decompose(word));

    private static string[] Lines(string path)
    {
        try
        {
            return TextFile.Read(path).ReplaceLineEndings("\n").Split('\n');
        }
        catch (InvalidDataException e)
        {
            throw new PronunciationException($"{path} cannot be read: {e.Message}.");
        }
    }

    private void Add(string line)
    {
        string[] fields = line.Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 2) throw new FormatException($"'{line.Trim()}' is not a word, a tab and how it is spoken.");
        if (!_entries.TryAdd(Accents.Decompose(fields[0]), Transcription.Read(fields[1])))
            throw new FormatException($"'{fields[0]}' has a line already; give each word once.");
        _words.Add(fields[0]);
    }
}

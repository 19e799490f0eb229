using System.Text;
using Mingling.Audio;

namespace Mingling.Studio.Folders;

/// <summary>A word of a corpus, by the names of its files alone.</summary>
internal sealed record WordSummary(string Word, int Takes, IReadOnlyDictionary<string, int> Speakers);

/// <summary>
/// A corpus with a folder for each word, as the command line reads it. A folder without takes is a word that is to be recorded. Takes are
/// written whole; what is deleted is kept in the trash until the studio is told to forget it.
/// </summary>
internal sealed class CorpusFolder
{
    private static readonly string[] Manifests = ["manifest.csv", "manifest.tsv", "manifest.jsonl", "manifest.ndjson"];
    private static readonly Lock Naming = new();
    private readonly StudioFolder _folder;

    private CorpusFolder(StudioFolder folder, string name, string path) => (_folder, Name, Root) = (folder, name, path);

    public string Name { get; }

    public string Root { get; }

    /// <summary>Whether words are folders, so that the page may change them; a corpus with a manifest says itself what its words are.</summary>
    public bool IsManaged => !Manifests.Any(name => File.Exists(Path.Combine(Root, name)));

    public static IReadOnlyList<string> Names(StudioFolder folder) => Directory.Exists(folder.Corpora)
        ? [.. Directory.EnumerateDirectories(folder.Corpora).Select(path => Path.GetFileName(path)).Where(IsName).Order(StringComparer.Ordinal)]
        : [];

    /// <exception cref="StudioException">There is no such corpus.</exception>
    public static CorpusFolder Open(StudioFolder folder, string? name)
    {
        string path = folder.Place(folder.Corpora, name ?? "");
        return Directory.Exists(path) ? new CorpusFolder(folder, Path.GetFileName(path), path)
            : throw StudioException.Missing("no-corpus", $"there is no corpus '{name}' in this studio.", name);
    }

    public static CorpusFolder Create(StudioFolder folder, string? name)
    {
        string path = folder.Place(folder.Corpora, name ?? "");
        if (Directory.Exists(path)) throw new StudioException("corpus-there", $"there is a corpus '{name}' already.", name);
        Directory.CreateDirectory(path);
        return new CorpusFolder(folder, Path.GetFileName(path), path);
    }

    public IReadOnlyList<WordSummary> Words() =>
    [
        .. from path in Directory.EnumerateDirectories(Root)
           let word = Path.GetFileName(path)
           where IsName(word) && word[0] != '_'
           orderby word
           let takes = TakeFiles(path)
           select new WordSummary(word, takes.Length, new SortedDictionary<string, int>(takes.Select(TakeName.Speaker).OfType<string>().CountBy(speaker => speaker).ToDictionary(), StringComparer.Ordinal)),
    ];

    /// <summary>The names of the files of a word, in order.</summary>
    public IReadOnlyList<string> Takes(string? word) => TakeFiles(WordPath(word));

    public void AddWord(string? word)
    {
        string name = StudioName.CheckWord(word);
        RequireManaged();
        string key = NameKey.Of(name);
        if (Words().FirstOrDefault(known => NameKey.Of(known.Word) == key) is { } same) throw new StudioException("word-there", $"there is a word '{same.Word}' already.", same.Word);
        Directory.CreateDirectory(_folder.Place(Root, name));
    }

    public void RenameWord(string? word, string? name)
    {
        RequireManaged();
        string from = WordPath(word), to = _folder.Place(Root, StudioName.CheckWord(name));
        string key = NameKey.Of(Path.GetFileName(to));
        if (Words().FirstOrDefault(known => known.Word != Path.GetFileName(from) && NameKey.Of(known.Word) == key) is { } same)
            throw new StudioException("word-there", $"there is a word '{same.Word}' already.", same.Word);
        if (from == to) return;
        // By a name between, because some file systems take names that differ by case for one.
        string between = Path.Combine(Root, $".{Guid.NewGuid():N}");
        Directory.Move(from, between);
        Directory.Move(between, to);
    }

    public string DeleteWord(string? word)
    {
        RequireManaged();
        return new Trash(_folder).Take(WordPath(word), Name, Path.GetFileName(WordPath(word)), null);
    }

    /// <summary>Writes a take whole, under a name that none has.</summary>
    /// <returns>The name of the file.</returns>
    public string AddTake(string? word, string? speaker, AudioClip clip)
    {
        RequireManaged();
        string folder = WordPath(word), name = StudioName.CheckSpeaker(speaker);
        lock (Naming)
        {
            string file = TakeName.Next(folder, name);
            WavWriter.Write(Path.Combine(folder, file), clip);
            return file;
        }
    }

    public string TakePath(string? word, string? file)
    {
        string path = _folder.Place(WordPath(word), file ?? "");
        return TakeName.IsSound(Path.GetFileName(path)) && File.Exists(path) ? path : throw StudioException.Missing("no-take", $"there is no recording '{file}' of '{word}'; it may have been deleted.", file);
    }

    /// <returns>The number by which it can be taken back.</returns>
    public string DeleteTake(string? word, string? file)
    {
        RequireManaged();
        return new Trash(_folder).Take(TakePath(word, file), Name, Path.GetFileName(WordPath(word)), file);
    }

    /// <summary>
    /// Writes which clips a training is to learn from, and who speaks in them, so that recordings that are added later do not change a training
    /// that goes on.
    /// </summary>
    /// <returns>The path of the list, a manifest.</returns>
    public string WriteClipList(string run)
    {
        string path = Path.Combine(Root, $"{run}.clips.csv");
        return File.Exists(path) ? path : WriteClipList(path, int.MaxValue);
    }

    /// <summary>Writes a list of clips anywhere: all of them, or as many, evenly from each word.</summary>
    /// <param name="path">The list.</param>
    /// <param name="most">The clips at most, but two of each word at least.</param>
    /// <returns>The path of the list.</returns>
    public string WriteClipList(string path, int most)
    {
        var text = new StringBuilder("path,label,speaker\n");
        var words = Words().Where(word => word.Takes > 0).OrderBy(word => word.Word, StringComparer.Ordinal).ToList();
        if (words.Count < 2) throw new StudioException("few-words", "a training needs recordings of at least two words.");
        string from = Path.GetRelativePath(Path.GetDirectoryName(path)!, Root).Replace(Path.DirectorySeparatorChar, '/');
        string prefix = from == "." ? "" : from + "/";
        foreach (var word in words)
        {
            var takes = Takes(word.Word);
            int count = Math.Min(takes.Count, Math.Max(2, most / words.Count));
            foreach (string file in Enumerable.Range(0, count).Select(i => takes[(int)((long)i * takes.Count / count)]))
                text.Append(Cell($"{prefix}{word.Word}/{file}")).Append(',').Append(Cell(word.Word)).Append(',').Append(Cell(TakeName.Speaker(file) ?? "")).Append('\n');
        }
        OutputFile.Write(path, text.ToString());
        return path;
    }

    private string WordPath(string? word)
    {
        string path = _folder.Place(Root, StudioName.CheckWord(word));
        return Directory.Exists(path) ? path : throw StudioException.Missing("no-word", $"there is no word '{word}'; it may have been renamed or deleted.", word);
    }

    private void RequireManaged()
    {
        if (!IsManaged) throw new StudioException("manifest", $"the corpus '{Name}' is described by a manifest, so the page does not change it.", Name);
    }

    private static string[] TakeFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(TakeName.IsSound).Order(StringComparer.Ordinal)];

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    private static bool IsName(string name)
    {
        try
        {
            return StudioName.Check(name) == name;
        }
        catch (StudioException)
        {
            return false;
        }
    }
}

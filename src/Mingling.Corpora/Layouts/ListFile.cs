namespace Mingling.Corpora.Layouts;

/// <summary>One entry of a list: its line, counted from 1, the path as written and the class where the list says one.</summary>
internal sealed record ListEntry(int Line, string File, string? Label);

/// <summary>The list of a split's files: a table (CSV, or separated by tabs) with the columns <c>file,class</c>, or text with one path a line.</summary>
/// <param name="Path">The absolute path of the list.</param>
/// <param name="Split">The split.</param>
/// <param name="IsNamed">Whether the user names the list, rather than its lying in the corpus.</param>
/// <param name="Entries">What it lists.</param>
internal sealed record ListFile(string Path, Split Split, bool IsNamed, IReadOnlyList<ListEntry> Entries)
{
    private static readonly string[] FileColumns = ["file", "path", "filename"];
    private static readonly string[] ClassColumns = ["class", "label"];

    /// <summary>The name of the list in messages.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The lists that a corpus is to be split by: those that the user names, else those that lie in its root.</summary>
    /// <exception cref="CorpusException">A list cannot be read.</exception>
    public static IReadOnlyList<ListFile> Find(string root, CorpusOptions options) =>
        Named(options) is { Count: > 0 } named
            ? named
            : [.. from split in Enum.GetValues<Split>()
                  let path = InRoot(root, split)
                  where path is not null
                  select Read(path, split, isNamed: false)];

    /// <summary>The lists that the user names.</summary>
    /// <exception cref="CorpusException">A list cannot be read.</exception>
    public static IReadOnlyList<ListFile> Named(CorpusOptions options)
    {
        (Split Split, string? Path)[] named =
            [(Split.Train, options.TrainList), (Split.Validation, options.ValidationList), (Split.Test, options.TestList)];
        return [.. from list in named where list.Path is not null select Read(list.Path, list.Split, isNamed: true)];
    }

    private static string? InRoot(string root, Split split) =>
        SplitNames.ListFiles(split).Select(name => System.IO.Path.Combine(root, name)).FirstOrDefault(File.Exists);

    private static ListFile Read(string path, Split split, bool isNamed)
    {
        string text = TextOf(path);
        bool isTable = DelimitedText.IsTable(path);
        return new ListFile(System.IO.Path.GetFullPath(path), split, isNamed, isTable ? Csv(path, text) : Lines(text));
    }

    /// <summary>A text file in UTF-8 or UTF-16 without its byte order mark.</summary>
    /// <exception cref="CorpusException">The file cannot be read, or is in another encoding.</exception>
    public static string TextOf(string path)
    {
        try
        {
            return TextFile.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw new CorpusException($"'{path}' cannot be read: {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"The list '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static List<ListEntry> Lines(string text) =>
        [.. text.Split('\n').Select((line, i) => new ListEntry(i + 1, line.Trim(), null)).Where(entry => entry.File.Length > 0)];

    private static List<ListEntry> Csv(string path, string text)
    {
        var rows = DelimitedText.ReadAll(path, text);
        int fileColumn = 0;
        int classColumn = 1;
        if (rows.Count > 0 && IndexOf(rows[0], FileColumns) is >= 0 and var found)
        {
            fileColumn = found;
            classColumn = IndexOf(rows[0], ClassColumns);
            rows.RemoveAt(0);
        }
        return [.. from row in rows select new ListEntry(row.Line, Field(row, fileColumn) ?? "", Field(row, classColumn))];
    }

    private static int IndexOf(DelimitedRow header, string[] names) =>
        header.Fields.ToList().FindIndex(field => names.Contains(field.Trim(), StringComparer.OrdinalIgnoreCase));

    private static string? Field(DelimitedRow row, int column) =>
        column >= 0 && column < row.Fields.Count && row.Fields[column].Length > 0 ? row.Fields[column] : null;
}

namespace Mingling.Training.Corpora.Layouts;

/// <summary>A sound file below a folder.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Name">The path below the folder with <c>/</c> between its parts.</param>
/// <param name="IsEmpty">Whether the file has no bytes; of a link that leads nowhere that is not known before it is read.</param>
internal sealed record SoundFile(string Path, string Name, bool IsEmpty)
{
    /// <summary>The name of the file itself.</summary>
    public string FileName => Name[(Name.LastIndexOf('/') + 1)..];
}

/// <summary>All sound files below a folder, in ordinal order of their names.</summary>
internal sealed class SoundFolder
{
    /// <summary>Also endings that cannot be decoded: such a file is then named as a problem rather than overlooked.</summary>
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".wav", ".wave", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aif", ".aiff", ".au",
    };

    private SoundFolder(string root, IReadOnlyList<SoundFile> files)
    {
        Root = root;
        Files = files;
        Names = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>The files.</summary>
    public IReadOnlyList<SoundFile> Files { get; }

    /// <summary>Their names.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Lists the sound files below a folder.</summary>
    /// <exception cref="CorpusException">The folder, or one in it, cannot be read.</exception>
    public static SoundFolder Open(string root)
    {
        var files = new List<SoundFile>();
        try
        {
            Collect(new DirectoryInfo(root), "", files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"The folder '{root}' cannot be read: {e.Message}", e);
        }
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new SoundFolder(root, files);
    }

    private static void Collect(DirectoryInfo folder, string prefix, List<SoundFile> files)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.Name.StartsWith('.'))
                continue;
            if (entry is DirectoryInfo inner)
            {
                if (!LeadsBack(inner))
                    Collect(inner, $"{prefix}{inner.Name}/", files);
            }
            else if (entry is FileInfo file && Extensions.Contains(file.Extension))
            {
                files.Add(new SoundFile(file.FullName, prefix + file.Name, file.Exists && file.Length == 0));
            }
        }
    }

    /// <summary>Whether a folder is a link to a folder that it lies in, so that following it would never end.</summary>
    private static bool LeadsBack(DirectoryInfo folder)
    {
        var target = folder.LinkTarget is null ? null : folder.ResolveLinkTarget(returnFinalTarget: true);
        return target is not null && Closed(folder).StartsWith(Closed(target), StringComparison.Ordinal);

        static string Closed(FileSystemInfo item) =>
            Path.TrimEndingDirectorySeparator(item.FullName) + Path.DirectorySeparatorChar;
    }
}

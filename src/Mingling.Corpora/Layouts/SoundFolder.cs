namespace Mingling.Corpora.Layouts;

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
        ".wav", ".wave", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aif", ".aiff", ".au", ".caf", ".w64", ".sph",
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

    /// <summary>Whether a file's name has the ending of a sound file.</summary>
    public static bool IsSound(string name) => Extensions.Contains(Path.GetExtension(name));

    /// <summary>Lists the sound files below a folder.</summary>
    /// <param name="root">The absolute path of the folder.</param>
    /// <param name="draft">Takes the folders and files below that cannot be read.</param>
    /// <exception cref="CorpusException">The folder itself cannot be read, or something below, and the options are strict.</exception>
    public static SoundFolder Open(string root, CorpusDraft draft)
    {
        var files = new SortedDictionary<string, SoundFile>(StringComparer.Ordinal);
        foreach (var (file, name) in FolderWalk.Files(root, draft).Where(file => IsSound(file.Name)))
        {
            // Bytes that are no UTF-8 are read as U+FFFD, so that the file cannot be opened and two names may become one.
            if (name.Contains('\uFFFD') && (!File.Exists(file.FullName) || files.ContainsKey(name)))
                draft.Skip(name, new Remark("problem.name", "has a name that is not valid UTF-8; rename it"));
            else
                files.Add(name, new SoundFile(file.FullName, name, file.Exists && file.Length == 0));
        }
        return new SoundFolder(root, [.. files.Values]);
    }
}

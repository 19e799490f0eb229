namespace Mingling.Corpora.Layouts;

/// <summary>Walks through a folder and all below it, links included, and enters each real folder once.</summary>
internal sealed class FolderWalk
{
    /// <summary>Folders that systems and storage boxes make beside the files of people: copies, thumbnails and what was thrown away.</summary>
    private static readonly HashSet<string> Strange =
        new(["__MACOSX", "@eaDir", "#recycle", "@Recycle", "@Recently-Snapshot", "$RECYCLE.BIN", "RECYCLER", "System Volume Information", "lost+found"], StringComparer.OrdinalIgnoreCase);

    private readonly CorpusDraft _draft;
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private readonly Queue<(DirectoryInfo Link, string Prefix, string Parent)> _links = [];
    private readonly List<(FileInfo File, string Name)> _files = [];

    private FolderWalk(CorpusDraft draft) => _draft = draft;

    /// <summary>All files that are not hidden nor in folders that systems make, with their paths below the folder and <c>/</c> between the parts.</summary>
    /// <param name="root">The absolute path of the folder.</param>
    /// <param name="draft">Takes the folders below that cannot be read.</param>
    /// <exception cref="CorpusException">The folder itself cannot be read, or one below, and the options are strict.</exception>
    public static IReadOnlyList<(FileInfo File, string Name)> Files(string root, CorpusDraft draft)
    {
        var walk = new FolderWalk(draft);
        try
        {
            walk.Enter(new DirectoryInfo(root), RealPath(root), "");
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new CorpusException($"The folder '{root}' cannot be read: {e.Message}", e);
        }
        // Links come last, so that a folder is known by its own name wherever it has one below the root.
        while (walk._links.TryDequeue(out var next))
        {
            walk.Try(next.Prefix, () =>
            {
                string real = RealPath(next.Link.FullName);
                if (!Closed(next.Parent).StartsWith(Closed(real), StringComparison.Ordinal))
                    walk.Enter(next.Link, real, next.Prefix);
            });
        }
        return walk._files;
    }

    private void Enter(DirectoryInfo folder, string real, string prefix)
    {
        if (!_entered.Add(real))
            return;
        foreach (var entry in folder.GetFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.Name.StartsWith('.') || (entry is DirectoryInfo && Strange.Contains(entry.Name)))
                continue;
            if (entry is FileInfo file)
                _files.Add((file, prefix + file.Name));
            else if (entry is DirectoryInfo inner && inner.LinkTarget is null)
                Try($"{prefix}{inner.Name}/", () => Enter(inner, Path.Combine(real, inner.Name), $"{prefix}{inner.Name}/"));
            else if (entry is DirectoryInfo link)
                _links.Enqueue((link, $"{prefix}{link.Name}/", real));
        }
    }

    private void Try(string prefix, Action enter)
    {
        try
        {
            enter();
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            _draft.Skip(prefix, CorpusProblem.Unreadable(e));
        }
    }

    private static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The path of an existing folder with no link in it.</summary>
    private static string RealPath(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var folder = new DirectoryInfo(Path.Combine(RealPath(parent), Path.GetFileName(path)));
        return folder.ResolveLinkTarget(returnFinalTarget: false) is { } target ? RealPath(target.FullName) : folder.FullName;
    }

    private static string Closed(string path) => Path.TrimEndingDirectorySeparator(path) + Path.DirectorySeparatorChar;
}

namespace Mingling;

/// <summary>
/// Files that belong together, written all or none of them: into a temporary folder first, from where they take their places. A folder that is
/// new appears with all that it holds. Into one that is there the files are moved one directly after the other, and what else it holds stays.
/// What a process that was killed left behind, the next one that writes in the same place removes.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly string _target, _around;
    private readonly bool _isNew;

    private StagedFolder(string target, string around, bool isNew)
    {
        (_target, _around, _isNew) = (target, around, isNew);
        Files = TemporaryFiles.NameFor(isNew ? target : Path.Combine(target, "files"));
    }

    /// <summary>Where to write the files; folders in it are not for one that is there.</summary>
    public string Files { get; }

    /// <summary>Makes a temporary folder.</summary>
    /// <param name="folder">The folder to fill in the end; it need not exist, nor those above it.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static StagedFolder Begin(string folder)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        bool isNew = !Directory.Exists(target);
        // Within a folder that is there, because the one above it may belong to somebody else, or lie on another disk.
        string around = isNew ? Path.GetDirectoryName(target) ?? target : target;
        Directory.CreateDirectory(around);
        TemporaryFiles.RemoveLeftovers(around);
        var staged = new StagedFolder(target, around, isNew);
        Directory.CreateDirectory(staged.Files);
        return staged;
    }

    /// <summary>Moves the files to their places; those of the same names are replaced, by files with their owner and rights.</summary>
    /// <exception cref="IOException">A folder stands where a file is to be, or a file cannot be moved.</exception>
    public void Place()
    {
        if (_isNew) Directory.Move(Files, _target);
        else MoveFiles();
        UnixFiles.FlushFolder(_around);
    }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Files)) Directory.Delete(Files, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error already on its way says more, and the next that writes here tries again.
        }
        finally
        {
            TemporaryFiles.Forget(Files);
        }
    }

    private void MoveFiles()
    {
        (string File, string Target)[] moves = [.. Directory.EnumerateFiles(Files).Order(StringComparer.Ordinal).Select(file => (file, StagedFile.TargetOf(Path.Combine(_target, Path.GetFileName(file)))))];
        // What can be known to fail fails before the first file is replaced.
        foreach (var (file, target) in moves)
        {
            if (Directory.Exists(target)) throw new IOException($"{target} is a folder, and a file of this name is to be written there.");
            using FileStream staged = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            StagedFile.KeepOwnerAndRights(target, staged.SafeFileHandle);
        }
        foreach (var (file, target) in moves) File.Move(file, target, overwrite: true);
    }
}

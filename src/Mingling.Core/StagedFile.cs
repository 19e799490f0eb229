using Microsoft.Win32.SafeHandles;

namespace Mingling;

/// <summary>A file that is written and on the disk, but does not have its name yet; disposed before it takes its place, it is gone.</summary>
internal sealed class StagedFile : IDisposable
{
    private readonly string _temporary;
    private bool _isPlaced;

    private StagedFile(string target, string temporary) => (Target, _temporary) = (target, temporary);

    /// <summary>The file whose place it takes: where the path is a symbolic link, what it leads to.</summary>
    public string Target { get; }

    /// <summary>Writes the content beside the file.</summary>
    /// <param name="path">The file; where it exists, the owner and the rights are taken from it.</param>
    /// <param name="write">Writes the content; where it fails, nothing is left.</param>
    public static StagedFile Write(string path, Action<Stream> write)
    {
        string target = TargetOf(path);
        TemporaryFiles.RemoveLeftovers(FolderOf(target));
        // A name of its own, so that two that write at once do not write into one file, and nothing of others is overwritten.
        var staged = new StagedFile(target, TemporaryFiles.NameFor(target));
        try
        {
            using FileStream stream = new(staged._temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            KeepOwnerAndRights(target, stream.SafeFileHandle);
            write(stream);
            stream.Flush(flushToDisk: true);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>Takes its place.</summary>
    public void Place()
    {
        File.Move(_temporary, Target, overwrite: true);
        _isPlaced = true;
        UnixFiles.FlushFolder(FolderOf(Target));
    }

    public void Dispose()
    {
        try
        {
            if (!_isPlaced) File.Delete(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error already on its way says more.
        }
        finally
        {
            TemporaryFiles.Forget(_temporary);
        }
    }

    /// <summary>Of a symbolic link what it leads to, of another file itself.</summary>
    internal static string TargetOf(string path) => new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    /// <summary>Gives a file the owner and the rights of another, where that is there.</summary>
    internal static void KeepOwnerAndRights(string target, SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(target)) return;
        UnixFiles.CopyOwner(target, file);
        File.SetUnixFileMode(file, File.GetUnixFileMode(target));
    }

    private static string FolderOf(string target) => Path.GetDirectoryName(Path.GetFullPath(target)) ?? ".";
}

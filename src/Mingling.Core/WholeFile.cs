namespace Mingling;

/// <summary>
/// Writes files whole or not at all: into a temporary file beside them that is flushed to the disk and then takes their place. A reader,
/// and a crash at any moment, finds the old file or the new one. What a process that was killed left behind, the next one that writes in the
/// folder removes.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a file; where <paramref name="write"/> fails, what stood at the path before stays as it was.</summary>
    /// <param name="path">The file, replaced where it exists, with the owner and the rights that it has; of a symbolic link, what it leads to.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        string folder = Path.GetDirectoryName(Path.GetFullPath(target)) ?? ".";
        TemporaryFiles.RemoveLeftovers(folder);
        // A name of its own, so that two that write at once do not write into one file, and nothing of others is overwritten.
        string temporary = TemporaryFiles.NameFor(target);
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                KeepOwnerAndRights(target, stream);
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
        finally
        {
            TemporaryFiles.Forget(temporary);
        }
        UnixFiles.FlushFolder(folder);
    }

    private static void KeepOwnerAndRights(string target, FileStream stream)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(target)) return;
        UnixFiles.CopyOwner(target, stream.SafeFileHandle);
        File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error already on its way says more.
        }
    }
}

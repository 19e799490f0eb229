namespace Mingling;

/// <summary>
/// Writes files whole or not at all: into a temporary file beside them that is flushed to the disk and then takes their place. A reader,
/// and a crash at any moment, finds the old file or the new one.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a file; where <paramref name="write"/> fails, what stood at the path before stays as it was.</summary>
    /// <param name="path">The file, replaced where it exists, with the rights that it has; of a symbolic link, what it leads to.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        // A name of its own, so that two that write at once do not write into one file, and nothing of others is overwritten.
        string temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        try
        {
            using (stream)
            {
                KeepRights(target, stream);
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
    }

    private static void KeepRights(string target, FileStream stream)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
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

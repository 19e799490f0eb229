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
        using var staged = StagedFile.Write(path, write);
        staged.Place();
    }
}

namespace Mingling.Audio;

/// <summary>
/// Writes files whole or not at all: into a temporary file beside them that is flushed to the disk and then takes their place. A reader,
/// and a crash at any moment, finds the old file or the new one.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a file; where <paramref name="write"/> fails, what stood at the path before stays as it was.</summary>
    /// <param name="path">The file, replaced where it exists.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        // One name for all attempts, so that what a killed process leaves behind is used again.
        string temporary = path + ".tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
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

namespace Mingling.Training.Checkpoints;

/// <summary>
/// Files that are written whole or not at all: into a temporary file beside the target, flushed to the disk, then renamed.
/// A reader, and a crash at any moment, sees the old file or the new one.
/// </summary>
internal static class WholeFile
{
    /// <exception cref="CheckpointException">The file could not be written; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new CheckpointException($"{path} could not be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void TryDelete(string path)
    {
        try { File.Delete(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { /* the error already on its way says more */ }
    }
}

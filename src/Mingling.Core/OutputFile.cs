using System.Text;

namespace Mingling;

/// <summary>Files that a user gets, written whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="OutputException">The file could not be written; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write) => Try(path, () => WholeFile.Write(path, write));

    /// <summary>Writes a file and a second one that tells of it: both are on the disk before the first takes its place.</summary>
    /// <exception cref="OutputException">One of them could not be written; what was there before is still there.</exception>
    public static void WriteBoth(string path, Action<Stream> write, string secondPath, Func<string> second)
    {
        StagedFile? first = null;
        try
        {
            Try(path, () => first = StagedFile.Write(path, write));
            Try(secondPath, () =>
            {
                using var other = StagedFile.Write(secondPath, stream => stream.Write(Encoding.UTF8.GetBytes(second())));
                first!.Place();
                other.Place();
            });
        }
        finally
        {
            first?.Dispose();
        }
    }

    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path} could not be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

using System.Text;

namespace Mingling;

/// <summary>Files that a user gets, written whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="OutputException">The file could not be written; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            WholeFile.Write(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path} could not be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}

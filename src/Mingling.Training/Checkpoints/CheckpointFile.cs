using System.Text;
using Mingling.Audio;

namespace Mingling.Training.Checkpoints;

/// <summary>The files of a run, written whole or not at all.</summary>
internal static class CheckpointFile
{
    /// <exception cref="CheckpointException">The file could not be written; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            WholeFile.Write(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} could not be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}

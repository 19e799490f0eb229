namespace Mingling.Audio;

/// <summary>Writes files whole or not at all: into a temporary file beside them, which then takes their place.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file; where <paramref name="write"/> fails, what stood at the path before stays as it was.</summary>
    /// <param name="path">The file, replaced where it exists.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}

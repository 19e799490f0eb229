namespace Mingling.Serving.Models;

/// <summary>By what a replaced file is known: its time and its length; null where it is gone.</summary>
internal readonly record struct FileStamp(DateTime? Written, long Length)
{
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            // Of a link, what it leads to.
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists ? new FileStamp(target.LastWriteTimeUtc, target.Length) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone at this very moment, out of reach, or a link in a circle.
            return default;
        }
    }
}

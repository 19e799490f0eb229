using Mingling.Cli.Host;

namespace Mingling.Cli.Arguments;

/// <summary>Sound files that are named one by one or by their folder.</summary>
internal static class SoundFiles
{
    private static readonly string[] Extensions = [".wav", ".flac", ".ogg", ".opus", ".mp3", ".aif", ".aiff", ".au", ".caf", ".w64"];

    /// <summary>The files, and all sound files in the folders and below them, in order.</summary>
    public static string[] Find(IReadOnlyList<string> paths)
    {
        string[] files = [.. paths.SelectMany(path => Directory.Exists(path) ? InFolder(path) : [path])];
        return files.Length > 0 ? files : throw new UsageException($"there are no sound files in {string.Join(", ", paths)}.");
    }

    private static IEnumerable<string> InFolder(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
}

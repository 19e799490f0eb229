namespace Mingling.Cli.Host;

/// <summary>Folders that a command fills, which may not hold anything before.</summary>
internal static class EmptyFolder
{
    /// <summary>Checks that a folder does not exist yet or holds nothing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="UsageException">It holds something, or is a file.</exception>
    public static void Require(string folder, string option)
    {
        // What a command left that was killed is nobody's.
        if (Directory.Exists(folder)) TemporaryFiles.RemoveLeftovers(Path.GetFullPath(folder));
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new UsageException($"{option} takes a new or empty folder; {folder} holds other files.");
    }
}

using Mingling.Cli.Host;

namespace Mingling.Cli.Arguments;

/// <summary>Keeps what is written from replacing what is read.</summary>
internal static class OutputPaths
{
    /// <exception cref="UsageException">The file is one of those that are read.</exception>
    public static void MustNotBe(string? output, IEnumerable<string> inputs)
    {
        if (output is not null && inputs.Any(input => IsSame(output, input)))
            throw new UsageException($"{output} is read by this command, and would be lost; name another file to write.");
    }

    /// <exception cref="UsageException">The file is there and lies in a folder of recordings.</exception>
    public static void MustNotReplaceWithin(string output, string folder)
    {
        if (File.Exists(output) && Full(output).StartsWith(Path.TrimEndingDirectorySeparator(Full(folder)) + Path.DirectorySeparatorChar, Comparison))
            throw new UsageException($"{output} is a file of the corpus, and would be lost; name another file to write.");
    }

    private static StringComparison Comparison => OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private static bool IsSame(string a, string b) => Full(a).Equals(Full(b), Comparison);

    private static string Full(string path) => path.Length == 0 ? "" : Path.GetFullPath(path);
}

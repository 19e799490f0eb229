using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Mingling;

/// <summary>The temporary files of <see cref="WholeFile"/> and folders of <see cref="StagedFolder"/>: their names tell which process of which machine writes them, so that leftovers are known.</summary>
internal static partial class TemporaryFiles
{
    /// <summary>The ending of every such name.</summary>
    public const string Ending = ".mingling.tmp";

    /// <summary>A process of another machine that writes in the same folder is not known here, and its files are left alone.</summary>
    private static readonly string Machine = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..8];

    private static readonly ConcurrentDictionary<string, bool> Own = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> Searched = new(StringComparer.Ordinal);

    /// <summary>A name beside a file that no other has.</summary>
    public static string NameFor(string target)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}-{Machine}{Ending}");
        Own[Path.GetFullPath(name)] = true;
        return name;
    }

    /// <summary>Tells that a name is no longer used.</summary>
    public static void Forget(string name) => Own.TryRemove(Path.GetFullPath(name), out _);

    /// <summary>Removes what processes left in a folder that are no more. Once for each folder and process, because a folder may be large.</summary>
    /// <param name="folder">The absolute path of the folder.</param>
    public static void RemoveLeftovers(string folder)
    {
        if (!Searched.TryAdd(folder, true)) return;
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*" + Ending))
                if (IsLeftover(file)) File.Delete(file);
            foreach (string left in Directory.EnumerateDirectories(folder, "*" + Ending))
                if (IsLeftover(left)) Directory.Delete(left, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be cleaned up is nobody's error now; whether the folder can be written is told by the file itself.
        }
    }

    private static bool IsLeftover(string file)
    {
        if (Name().Match(file) is not { Success: true } match || !int.TryParse(match.Groups["process"].ValueSpan, CultureInfo.InvariantCulture, out int process)) return false;
        if (match.Groups["machine"] is { Success: true } machine && machine.Value != Machine) return false;
        return process == Environment.ProcessId ? !Own.ContainsKey(file) : !IsRunning(process);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\.(?<process>[0-9]+)-[a-z0-9]{8}(-(?<machine>[0-9a-f]{8}))?\.mingling\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Mingling.MetricLearning;

/// <summary>
/// Lays the bytes of a library into a file, from which alone the system can load it. The file stays in a folder of the
/// user for the next time. Where that is refused (no home folder, full, or mounted without the right to execute), it
/// lies in a new temporary folder and is deleted as soon as it is loaded: a folder with a fixed name below /tmp could
/// belong to somebody else, who could exchange the file between its check and its loading.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class LibraryCache
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Calls <paramref name="load"/> with the path of a file that holds <paramref name="library"/>.</summary>
    /// <param name="library">The whole library.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="root">The folder below which the file is kept; an empty one counts as refused.</param>
    /// <param name="temporaryInstead">Whether a temporary folder is used when that one is refused.</param>
    /// <param name="load">Loads the file; throws <see cref="DllNotFoundException"/> when the system refuses it there.</param>
    /// <exception cref="TorchRuntimeException">No folder could be used.</exception>
    public static void Load(byte[] library, string name, string root, bool temporaryInstead, Action<string> load)
    {
        try
        {
            load(Keep(Path.GetFullPath(root), library, name));
        }
        catch (Exception e) when (IsRefusal(e))
        {
            if (!temporaryInstead) throw CannotUse(root, name, e);
            try
            {
                LoadOnce(library, name, load);
            }
            catch (Exception again) when (IsRefusal(again))
            {
                throw CannotUse(Path.GetTempPath(), name, again);
            }
        }
    }

    /// <summary>The path of the kept file, written anew if it is missing or differs in any byte.</summary>
    private static string Keep(string root, byte[] library, string name)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(library))[..16];
        string folder = Path.Combine(root, "mingling", "native", key), path = Path.Combine(folder, name);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(library)) return path;

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        // A name that no other process has, in other containers on the same folder either.
        string temporary = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            Write(temporary, library);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        return path;
    }

    private static void LoadOnce(byte[] library, string name, Action<string> load)
    {
        var folder = Directory.CreateTempSubdirectory("mingling-");
        try
        {
            string path = Path.Combine(folder.FullName, name);
            Write(path, library);
            load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string path, byte[] library)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        file.Write(library);
    }

    private static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException or DllNotFoundException or ArgumentException;

    private static TorchRuntimeException CannotUse(string folder, string name, Exception cause) =>
        new($"the adapted {name} cannot be kept in or loaded from \"{folder}\" "
            + $"({cause.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.')}); name a folder that this user may write "
            + $"in {nameof(TorchRuntimeOptions)}.{nameof(TorchRuntimeOptions.CacheDirectory)}.", cause);
}

using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Mingling.MetricLearning.Native;

/// <summary>
/// Loads libtorch on Linux. TorchSharp's bridge asks for one symbol of GCC 13's libstdc++, a link guard that does
/// nothing (<c>std::ios_base_library_init()</c>). Where the system's libstdc++ is older (Debian 12, Ubuntu 22.04,
/// RHEL 9) a copy of the bridge that asks for a harmless older symbol instead is loaded from a per-user folder;
/// the package's own file is never changed.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class LinuxLibTorch
{
    private const string Bridge = "libLibTorchSharp.so";
    private const string NewGuard = "_ZSt21ios_base_library_initv", NewVersion = "GLIBCXX_3.4.32";
    private const string OldSymbol = "_ZSt13get_terminatev", OldVersion = "GLIBCXX_3.4.20";

    private static readonly string[] LibTorch = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    public static void Load(string? cacheDirectory)
    {
        string bridge = Find(Bridge);
        bool patch = SystemLacksGuard();
        foreach (string name in LibTorch) NativeLibrary.Load(Find(name));
        NativeLibrary.Load(patch ? PatchedCopy(bridge, cacheDirectory) : bridge);
    }

    /// <summary>True where the system's libstdc++ is older than GCC 13.</summary>
    internal static bool SystemLacksGuard()
    {
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out nint library))
            throw new TorchRuntimeException("libstdc++.so.6 is not installed; install it (Debian and Ubuntu: apt-get install libstdc++6).");
        return !NativeLibrary.TryGetExport(library, NewGuard, out _);
    }

    /// <summary>The bridge with its one too-new import replaced, as bytes.</summary>
    internal static byte[] Patch(byte[] bridge)
    {
        try
        {
            var image = new ElfImage(bridge);
            if (image.RenameImport(NewGuard, OldSymbol) && image.ReplaceNeededVersion(NewVersion, OldVersion)) return bridge;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or OverflowException)
        {
            // Falls through to the one message below: whatever is wrong with the file, the way out is the same.
        }
        throw new TorchRuntimeException(
            $"this system's libstdc++ is older than GCC 13 and {Bridge} is not the version that Mingling knows how to adapt; use TorchSharp 0.107.0 or a newer Linux distribution.");
    }

    private static string PatchedCopy(string bridge, string? cacheDirectory)
    {
        byte[] original = File.ReadAllBytes(bridge);
        string key = Convert.ToHexStringLower(SHA256.HashData(original))[..16];
        byte[] patched = Patch(original);

        string? refused = null;
        foreach (string root in CacheRoots(cacheDirectory))
        {
            string path = Path.Combine(root, "mingling", "native", key, Bridge);
            try
            {
                if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(patched)) WriteWhole(path, patched);
                return path;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                refused = e.Message;
            }
        }
        throw new TorchRuntimeException($"no folder could be written for the adapted {Bridge} ({refused}); name one in TorchRuntimeOptions.CacheDirectory.");
    }

    private static IEnumerable<string> CacheRoots(string? cacheDirectory)
    {
        if (cacheDirectory is not null)
        {
            yield return cacheDirectory;
            yield break;
        }
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (local.Length > 0) yield return local;
        yield return Path.Combine(Path.GetTempPath(), "mingling-" + Environment.UserName);
    }

    private static void WriteWhole(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Looks where the host looks for native libraries: beside the program and in its packages' folders.</summary>
    private static string Find(string name)
    {
        string rid = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var searched = new List<string> { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native") };
        if (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string known)
            searched.AddRange(known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));

        foreach (string folder in searched)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path)) return path;
        }
        throw new TorchRuntimeException($"{name} is not beside the program; add the package TorchSharp-cpu (or libtorch-cpu-{rid}) to it.");
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Mingling.MetricLearning;

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

    public static void Load(string? cacheDirectory, string? libTorchDirectory)
    {
        RequireGlibc(RuntimeInformation.RuntimeIdentifier);
        string bridge = Find(Bridge, libTorchDirectory);
        bool patch = SystemLacksGuard();
        foreach (string name in LibTorch) NativeLibrary.Load(Find(name, libTorchDirectory));
        if (patch)
            LibraryCache.Load(Patch(File.ReadAllBytes(bridge)), Bridge, cacheDirectory ?? LocalApplicationData(),
                temporaryInstead: cacheDirectory is null, path => NativeLibrary.Load(path));
        else
            NativeLibrary.Load(bridge);
    }

    /// <summary>Refuses Alpine and other systems on musl with a reason; the linker's own would be a list of symbols.</summary>
    internal static void RequireGlibc(string runtimeIdentifier)
    {
        if (!runtimeIdentifier.Contains("musl", StringComparison.Ordinal) && !runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal))
            return;
        throw new TorchRuntimeException(
            $"libtorch needs glibc, which this system ({runtimeIdentifier}) lacks; use a distribution with glibc, such as Debian or Ubuntu.");
    }

    /// <summary>True where the system's libstdc++ is older than GCC 13.</summary>
    internal static bool SystemLacksGuard()
    {
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out nint library))
            throw new TorchRuntimeException("libstdc++.so.6 is not installed; install it (Debian and Ubuntu: apt-get install libstdc++6).");
        return !NativeLibrary.TryGetExport(library, NewGuard, out _);
    }

    /// <summary>A copy of the bridge with its one too-new import replaced, as bytes.</summary>
    internal static byte[] Patch(byte[] bridge)
    {
        byte[] patched = [.. bridge];
        try
        {
            var image = new ElfImage(patched);
            if (image.RenameImport(NewGuard, OldSymbol) && image.ReplaceNeededVersion(NewVersion, OldVersion)) return patched;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or OverflowException)
        {
            // Falls through to the one message below: whatever is wrong with the file, the way out is the same.
        }
        throw new TorchRuntimeException(
            $"this system's libstdc++ is older than GCC 13 and {Bridge} is not the version that Mingling knows how to adapt; "
            + "use TorchSharp 0.107.0 or a newer Linux distribution.");
    }

    private static string LocalApplicationData() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>Looks where the host looks for native libraries, beside the program and in its packages' folders, and then in one folder more.</summary>
    internal static string Find(string name, string? further)
    {
        string rid = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var searched = new List<string> { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native") };
        if (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string known)
            searched.AddRange(known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        if (further is not null) searched.Add(Path.GetFullPath(further));

        foreach (string folder in searched)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path)) return path;
        }
        throw new TorchRuntimeException($"{name} is not beside the program; add the package TorchSharp-cpu (or libtorch-cpu-{rid}) to it.");
    }
}

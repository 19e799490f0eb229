using System.Runtime.InteropServices;

namespace Mingling.Cli.Host;

/// <summary>
/// libtorch, without which the tool is delivered: the package that holds it for this platform, and where its files lie once it was
/// restored. docs/decisions/packages.md says why.
/// </summary>
internal static class LibTorchPackage
{
    /// <summary>The platform as packages name it, such as <c>linux-x64</c>.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    /// <summary>The package's name.</summary>
    public static string Id { get; } = $"libtorch-cpu-{Platform}";

    /// <summary>The version that the command was built with.</summary>
    public static string Version { get; } = Versions.Built("LibTorchVersion");

    /// <summary>The folder of the libraries below the folder to which NuGet restores packages; it need not exist.</summary>
    public static string NativeFolder { get; } = Path.Combine(PackagesFolder, Id, Version, "runtimes", Platform, "native");

    /// <summary>Whether libtorch lies beside the command, as in a build from the sources, or was fetched.</summary>
    public static bool IsThere =>
        new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", Platform, "native"), NativeFolder }
            .Any(folder => File.Exists(Path.Combine(folder, Library)));

    /// <summary>What the package has on disk once it is unpacked, about.</summary>
    public static double WholeMegabytes => OperatingSystem.IsLinux() ? 500 : OperatingSystem.IsMacOS() ? 220 : 300;

    /// <summary>What of the package has come so far: unpacked, or on the way in the cache of NuGet.</summary>
    public static double FetchedMegabytes
    {
        get
        {
            string packed = $"*{Id}.{Version}*";
            string cache = Environment.GetEnvironmentVariable("NUGET_HTTP_CACHE_PATH") is { Length: > 0 } named ? named
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "NuGet", OperatingSystem.IsWindows() ? "v3-cache" : "http-cache");
            return (Bytes(Path.Combine(PackagesFolder, Id, Version), "*") + Bytes(cache, packed)) / 1e6;
        }
    }

    private static long Bytes(string folder, string pattern)
    {
        try
        {
            return Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles(pattern, SearchOption.AllDirectories).Sum(file => file.Length) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being written.
            return 0;
        }
    }

    private static string Library =>
        OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".nuget", "packages");
}

using System.Runtime.InteropServices;

namespace Mingling.MetricLearning.Native;

/// <summary>The package that holds libtorch for this platform, and where its files lie once it was restored.</summary>
internal static class LibTorchPackage
{
    /// <summary>The version that TorchSharp 0.107.0 is made for.</summary>
    public const string Version = "2.10.0";

    /// <summary>The platform as packages name it, such as <c>linux-x64</c>.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    /// <summary>The package's name.</summary>
    public static string Id { get; } = $"libtorch-cpu-{Platform}";

    /// <summary>The folder of the libraries below the folder to which NuGet restores packages; it need not exist.</summary>
    public static string NativeFolder => Path.Combine(PackagesFolder, Id, Version, "runtimes", Platform, "native");

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".nuget", "packages");
}

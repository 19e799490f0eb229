using System.Runtime.InteropServices;

namespace Mingling.MetricLearning;

/// <summary>
/// Loads libtorch from a folder that the system does not search, on Windows and macOS. Both find a library that is already loaded
/// by its name, so that TorchSharp's own loading comes upon these.
/// </summary>
internal static class LibTorchFolder
{
    /// <summary>In the order in which they need each other.</summary>
    private static string[] Names =>
        OperatingSystem.IsWindows() ? ["c10.dll", "torch_cpu.dll", "torch.dll"] : ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"];

    /// <summary>Loads what the folder holds of libtorch; does nothing where it holds nothing of it.</summary>
    /// <exception cref="DllNotFoundException">The system refuses a library, or one that it needs is missing.</exception>
    public static void Load(string directory)
    {
        foreach (string name in Names)
        {
            string path = Path.GetFullPath(Path.Combine(directory, name));
            if (File.Exists(path)) NativeLibrary.Load(path);
        }
    }
}

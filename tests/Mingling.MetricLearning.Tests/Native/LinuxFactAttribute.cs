using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mingling.MetricLearning.Tests.Native;

/// <summary>A fact about the loader for Linux on x64, where TorchSharp has a native bridge; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Skip = "The loader adapts libtorch only on Linux, and TorchSharp's bridge exists there for x64 only.";
    }
}

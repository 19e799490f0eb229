using System.Globalization;
using System.Runtime.InteropServices;

namespace Mingling.Benchmarks.Losses;

/// <summary>
/// The memory a piece of work needs beyond what the process holds, native and managed together: the allocator first gives its free blocks
/// back, so that they count when they are used again; the kernel's high-water mark is reset; and the work runs once.
/// </summary>
internal static partial class PeakMemory
{
    private const string ResetHighWaterMark = "5";

    public static long? Measure(Action work)
    {
        if (!OperatingSystem.IsLinux()) return null;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = GiveBackFreeBlocks(0);
        File.WriteAllText("/proc/self/clear_refs", ResetHighWaterMark);
        long before = Read("VmRSS:");
        work();
        return Math.Max(0, Read("VmHWM:") - before);
    }

    private static long Read(string field)
    {
        string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int GiveBackFreeBlocks(nuint keep);
}

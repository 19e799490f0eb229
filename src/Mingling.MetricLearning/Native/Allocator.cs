using System.Runtime.InteropServices;

namespace Mingling.MetricLearning;

/// <summary>
/// Settings of glibc's allocator. By default it hands every large block back to the kernel as soon as it is freed,
/// and the next tensor of that size pays for page faults again; kept blocks are simply reused.
/// </summary>
internal static partial class Allocator
{
    // Parameters of mallopt(3), from malloc.h.
    private const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3;

    /// <summary>Keeps large blocks for reuse; does nothing on a C library without mallopt.</summary>
    public static void KeepLargeBlocks()
    {
        try
        {
            // Up to 1 GiB from the heap where glibc allows it; older versions allow at most 32 MiB.
            if (MallOpt(MmapThreshold, 1 << 30) == 0) _ = MallOpt(MmapThreshold, 32 << 20);
            _ = MallOpt(TrimThreshold, int.MaxValue);
            _ = MallOpt(TopPad, 64 << 20);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // musl and others have no mallopt: nothing is lost but a little speed.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);
}

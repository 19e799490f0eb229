namespace Mingling.Tests.Shared;

/// <summary>Counts what code allocates on the managed heap of its thread.</summary>
internal static class Allocations
{
    /// <summary>
    /// The least number of bytes that one of several runs allocates. What is used for the first time (a table, a pooled
    /// buffer, code not yet compiled in full) allocates too, now and then; what the code itself allocates, it does each time.
    /// </summary>
    /// <param name="work">The code; it is run until nothing is allocated, at most <paramref name="rounds"/> times.</param>
    /// <param name="rounds">The most runs.</param>
    public static long Least(Action work, int rounds = 10)
    {
        long least = long.MaxValue;
        for (int round = 0; round < rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}

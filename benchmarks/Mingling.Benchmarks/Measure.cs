using System.Diagnostics;

namespace Mingling.Benchmarks;

/// <summary>What one run of something costs on this thread.</summary>
/// <param name="Seconds">Time by the clock: the median over the repetitions.</param>
/// <param name="CpuSeconds">Processor time of this process: the median over the repetitions; other programs do not count into it.</param>
/// <param name="AllocatedBytes">Managed memory allocated by a single repetition, the smallest of all.</param>
internal sealed record Cost(double Seconds, double CpuSeconds, long AllocatedBytes);

/// <summary>Times a piece of work.</summary>
internal static class Measure
{
    private const double WarmUpSeconds = 1.0;

    /// <summary>Runs the work until it is compiled and warm, then <paramref name="repetitions"/> times for the record.</summary>
    public static Cost Median(Action work, int repetitions = 51)
    {
        long begin = Stopwatch.GetTimestamp();
        do work();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmUpSeconds);

        double[] seconds = new double[repetitions];
        double[] cpuSeconds = new double[repetitions];
        long allocated = long.MaxValue;
        for (int i = 0; i < repetitions; i++)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            var cpu = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            work();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpuSeconds[i] = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - bytes);
        }

        Array.Sort(seconds);
        Array.Sort(cpuSeconds);
        return new Cost(seconds[repetitions / 2], cpuSeconds[repetitions / 2], allocated);
    }
}

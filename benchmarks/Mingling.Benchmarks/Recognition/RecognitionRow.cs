namespace Mingling.Benchmarks.Recognition;

/// <summary>What recognition costs.</summary>
/// <param name="Name">What was recognised, with what.</param>
/// <param name="Milliseconds">Time for it by the clock, or of the processor: the median.</param>
/// <param name="RealTimeFactor">That time over the length of the sound.</param>
/// <param name="AllocatedBytesPerFrame">Managed memory allocated, by frames of the front end.</param>
internal sealed record RecognitionRow(string Name, double Milliseconds, double RealTimeFactor, double AllocatedBytesPerFrame)
{
    /// <summary>Whether rows tell processor time in place of the clock: on a busy machine the clock tells how busy it is.</summary>
    public static bool ByProcessor { get; set; }

    /// <summary>The row of a cost.</summary>
    public static RecognitionRow Of(string name, Cost cost, double seconds, int frames)
    {
        double taken = ByProcessor ? cost.CpuSeconds : cost.Seconds;
        return new(name, Math.Round(1e3 * taken, 3), Math.Round(taken / seconds, 6), Math.Round((double)cost.AllocatedBytes / frames, 2));
    }
}

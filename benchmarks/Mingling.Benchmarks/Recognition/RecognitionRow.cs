namespace Mingling.Benchmarks.Recognition;

/// <summary>What recognition costs.</summary>
/// <param name="Name">What was recognised, with what.</param>
/// <param name="Milliseconds">Time for it by the clock: the median.</param>
/// <param name="RealTimeFactor">That time over the length of the sound.</param>
/// <param name="AllocatedBytesPerFrame">Managed memory allocated, by frames of the front end.</param>
internal sealed record RecognitionRow(string Name, double Milliseconds, double RealTimeFactor, double AllocatedBytesPerFrame)
{
    /// <summary>The row of a cost.</summary>
    public static RecognitionRow Of(string name, Cost cost, double seconds, int frames) =>
        new(name, Math.Round(1e3 * cost.Seconds, 3), Math.Round(cost.Seconds / seconds, 6), Math.Round((double)cost.AllocatedBytes / frames, 2));
}

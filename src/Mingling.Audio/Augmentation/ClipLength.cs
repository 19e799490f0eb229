namespace Mingling.Audio;

/// <summary>Fits clips to a fixed length, for encoders with a fixed input.</summary>
public static class ClipLength
{
    /// <summary>
    /// Fits a clip into a window. A shorter clip is placed in the middle, with silence around it; of a longer one the stretch
    /// with the most energy (the sum of squares; the earliest, where several have as much) is kept.
    /// </summary>
    /// <param name="samples">The clip, of any length.</param>
    /// <param name="destination">The window, all of which is written; must not overlap the clip.</param>
    /// <returns>Which sample of the clip the window begins with: negative where silence comes first.</returns>
    public static int Fit(ReadOnlySpan<float> samples, Span<float> destination) => Fit(samples, destination, destination.Length);

    /// <summary>
    /// Fits a clip into a window of which only the end counts. There stands what <see cref="Fit(ReadOnlySpan{float}, Span{float})"/> would
    /// choose for a window of that length; before it what comes before it in the clip, and silence where there is nothing more.
    /// </summary>
    /// <param name="samples">The clip, of any length.</param>
    /// <param name="destination">The window, all of which is written; must not overlap the clip.</param>
    /// <param name="counted">How many samples at the end of the window count. Range: 1 to the length of the window.</param>
    /// <returns>Which sample of the clip the window begins with: negative where silence comes first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="counted"/> is out of range.</exception>
    public static int Fit(ReadOnlySpan<float> samples, Span<float> destination, int counted)
    {
        if (counted < Math.Min(1, destination.Length) || counted > destination.Length)
            throw new ArgumentOutOfRangeException(nameof(counted), counted, $"of a window of {destination.Length} samples, 1 to {destination.Length} count.");
        int place = samples.Length > counted ? LoudestStretch(samples, counted) : -((counted - samples.Length) / 2);
        int start = place - (destination.Length - counted), silent = Math.Max(0, -start), from = Math.Max(0, start);
        var kept = samples[from..Math.Min(samples.Length, start + destination.Length)];
        destination[..silent].Clear();
        kept.CopyTo(destination[silent..]);
        destination[(silent + kept.Length)..].Clear();
        return start;
    }

    private static int LoudestStretch(ReadOnlySpan<float> samples, int length)
    {
        double gained = 0;
        double mostGained = 0;
        int loudest = 0;
        for (int start = 1; start + length <= samples.Length; start++)
        {
            // Compared with the first stretch, this one loses the samples before it and gains as many at its end.
            double lost = samples[start - 1];
            double won = samples[start - 1 + length];
            gained += won * won - lost * lost;
            if (gained > mostGained)
                (mostGained, loudest) = (gained, start);
        }
        return loudest;
    }
}

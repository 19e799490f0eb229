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
    public static int Fit(ReadOnlySpan<float> samples, Span<float> destination)
    {
        if (samples.Length > destination.Length)
        {
            int start = LoudestStretch(samples, destination.Length);
            samples.Slice(start, destination.Length).CopyTo(destination);
            return start;
        }

        int before = (destination.Length - samples.Length) / 2;
        destination[..before].Clear();
        samples.CopyTo(destination[before..]);
        destination[(before + samples.Length)..].Clear();
        return -before;
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

namespace Mingling.Audio;

/// <summary>Fits clips to a fixed length, for encoders with a fixed input.</summary>
public static class ClipLength
{
    /// <summary>The room before a clip is made of a block of this part of what counts: 90 ms of 720.</summary>
    private const int RoomBlocks = 8;

    private const float RoomGain = 0.25f;

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
    /// choose for a window of that length; before it what comes before it in the clip. Where there is nothing more, a clip that is longer than what counts
    /// has its room there, its quietest part forwards and backwards and a quarter as loud: to an encoder that listens to streams, digital silence
    /// before a noisy room is a step that it may take for a word, and a room that was always there hides short words. A shorter clip has silence around it.
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
        bool isLonger = samples.Length > counted;
        int place = isLonger ? LoudestStretch(samples, counted) : -((counted - samples.Length) / 2);
        int start = place - (destination.Length - counted), silent = Math.Max(0, -start), from = Math.Max(0, start);
        var kept = samples[from..Math.Min(samples.Length, start + destination.Length)];
        if (isLonger) FillWithRoom(samples, destination[..silent], Math.Max(1, counted / RoomBlocks));
        else destination[..silent].Clear();
        kept.CopyTo(destination[silent..]);
        destination[(silent + kept.Length)..].Clear();
        return start;
    }

    private static void FillWithRoom(ReadOnlySpan<float> samples, Span<float> room, int longestBlock)
    {
        int length = Math.Min(room.Length, longestBlock);
        if (length == 0) return;
        var block = samples.Slice(QuietestStretch(samples, length), length);
        for (int i = 0; i < room.Length; i++)
        {
            int at = i % (2 * length);
            room[i] = RoomGain * block[at < length ? at : 2 * length - 1 - at];
        }
    }

    private static int LoudestStretch(ReadOnlySpan<float> samples, int length) => FarthestStretch(samples, length, 1);

    private static int QuietestStretch(ReadOnlySpan<float> samples, int length) => FarthestStretch(samples, length, -1);

    /// <summary>The first of the stretches with the most energy, times the sign.</summary>
    private static int FarthestStretch(ReadOnlySpan<float> samples, int length, int sign)
    {
        double gained = 0;
        double mostGained = 0;
        int farthest = 0;
        for (int start = 1; start + length <= samples.Length; start++)
        {
            // Compared with the first stretch, this one loses the samples before it and gains as many at its end.
            double lost = samples[start - 1];
            double won = samples[start - 1 + length];
            gained += sign * (won * won - lost * lost);
            if (gained > mostGained)
                (mostGained, farthest) = (gained, start);
        }
        return farthest;
    }
}

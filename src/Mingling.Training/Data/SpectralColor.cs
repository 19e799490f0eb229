namespace Mingling.Training.Data;

/// <summary>
/// The colour that a microphone and a room give to sound: a random smooth frequency response, the sum of the first cosines over the
/// mel axis, each of a random height. Added to log-mel features it multiplies the power.
/// </summary>
internal static class SpectralColor
{
    private const int Cosines = 4;

    /// <summary>Colors features [frames, bins] in place.</summary>
    /// <param name="frames">Natural logarithms of power.</param>
    /// <param name="bins">The bins of a frame.</param>
    /// <param name="decibels">The largest height of each cosine.</param>
    /// <param name="random">Decides the heights.</param>
    public static void Apply(Span<float> frames, int bins, double decibels, Random random)
    {
        double largest = decibels / 10 * Math.Log(10);
        Span<float> color = stackalloc float[bins];
        color.Clear();
        for (int k = 1; k <= Cosines; k++)
        {
            double height = largest * (2 * random.NextDouble() - 1);
            for (int bin = 0; bin < bins; bin++) color[bin] += (float)(height * Math.Cos(Math.PI * k * (bin + 0.5) / bins));
        }
        BinMeans.Add(frames, color, 1);
    }
}

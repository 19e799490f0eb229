namespace Mingling.Training.Data;

/// <summary>
/// The colour that a microphone and a room give to sound: a random smooth frequency response, the sum of the first cosines over the
/// mel axis, each of a random height. Added to log-mel features it multiplies the power.
/// </summary>
/// <param name="bins">The bins of a frame.</param>
internal sealed class SpectralColor(int bins)
{
    private const int Cosines = 4;

    private readonly double[] _cosines = [.. Enumerable.Range(1, Cosines).SelectMany(k => Enumerable.Range(0, bins).Select(bin => Math.Cos(Math.PI * k * (bin + 0.5) / bins)))];
    private readonly float[] _color = new float[bins];

    /// <summary>Colors features [frames, bins] in place. For one thread at a time.</summary>
    /// <param name="frames">Natural logarithms of power.</param>
    /// <param name="decibels">The largest height of each cosine.</param>
    /// <param name="random">Decides the heights.</param>
    public void Apply(Span<float> frames, double decibels, Random random)
    {
        double largest = decibels / 10 * Math.Log(10);
        Array.Clear(_color);
        for (int k = 0; k < Cosines; k++)
        {
            double height = largest * (2 * random.NextDouble() - 1);
            for (int bin = 0; bin < bins; bin++) _color[bin] += (float)(height * _cosines[(k * bins) + bin]);
        }
        if (largest != 0) BinMeans.Add(frames, _color, 1);
    }
}

namespace Mingling.Audio;

/// <summary>Makes clips louder or quieter by a random gain.</summary>
/// <remarks>
/// As with all augmentations, what is random is drawn from the <see cref="Random"/> that the caller seeds:
/// the same seed and the same calls give the same samples, and each call draws equally often.
/// </remarks>
public sealed class Gain
{
    private readonly DecibelRange _range;

    /// <summary>Sets the range, uniform in decibels.</summary>
    /// <param name="minDb">The lowest gain (dB), such as −6.</param>
    /// <param name="maxDb">The highest gain (dB), at least <paramref name="minDb"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is reversed or not finite.</exception>
    public Gain(double minDb, double maxDb) => _range = new DecibelRange(minDb, maxDb);

    /// <summary>Scales a clip in place. Samples may leave −1…1; nothing is clipped.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="random">Where the gain is drawn from.</param>
    /// <returns>The gain (dB).</returns>
    public double Apply(Span<float> samples, Random random)
    {
        double gainDb = _range.Draw(random);
        Scale(samples, gainDb);
        return gainDb;
    }

    /// <summary>Scales a clip in place by a given gain. Samples may leave −1…1; nothing is clipped.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="gainDb">The gain (dB): +6.02 doubles the samples.</param>
    public static void Scale(Span<float> samples, double gainDb) => SampleMath.Scale(samples, (float)Math.Pow(10, gainDb / 20));
}

namespace Mingling.Audio;

/// <summary>
/// Masks of SpecAugment (Park et al. 2019, without time warping): bands of frequencies and stretches of time of a feature matrix
/// are overwritten. A mask's width is drawn evenly from 0 to the largest width, then its place evenly from those where it fits.
/// </summary>
public sealed record SpecAugment
{
    /// <summary>The number of frequency masks, 0 or more; 2 by default.</summary>
    public int FrequencyMasks { get; init; } = 2;

    /// <summary>F, the largest width of a frequency mask in bins, 0 or more; 7 by default.</summary>
    public int FrequencyWidth { get; init; } = 7;

    /// <summary>The number of time masks, 0 or more; 2 by default.</summary>
    public int TimeMasks { get; init; } = 2;

    /// <summary>T, the largest width of a time mask in frames, 0 or more; 20 by default.</summary>
    public int TimeWidth { get; init; } = 20;

    /// <summary>Masks a feature matrix in place.</summary>
    /// <param name="features">[frames, bins], row-major.</param>
    /// <param name="bins">The number of values in a frame, 1 or more.</param>
    /// <param name="random">Decides widths and places; the same seed gives the same masks.</param>
    /// <param name="fill">What masked places become: the mean of the features, or 0 where that has been subtracted.</param>
    /// <exception cref="ArgumentException">The features are no whole number of frames.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number or width of masks is negative, or there are no bins.</exception>
    public void Apply(Span<float> features, int bins, Random random, float fill)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(FrequencyMasks);
        ArgumentOutOfRangeException.ThrowIfNegative(FrequencyWidth);
        ArgumentOutOfRangeException.ThrowIfNegative(TimeMasks);
        ArgumentOutOfRangeException.ThrowIfNegative(TimeWidth);
        if (features.Length % bins != 0)
            throw new ArgumentException($"{features.Length} values are no whole number of frames of {bins}.", nameof(features));

        int frames = features.Length / bins;
        for (int i = 0; i < FrequencyMasks; i++)
        {
            (int first, int width) = Draw(random, FrequencyWidth, bins);
            for (int t = 0; t < frames; t++) features.Slice((t * bins) + first, width).Fill(fill);
        }

        for (int i = 0; i < TimeMasks; i++)
        {
            (int first, int width) = Draw(random, TimeWidth, frames);
            features.Slice(first * bins, width * bins).Fill(fill);
        }
    }

    private static (int First, int Width) Draw(Random random, int largest, int length)
    {
        int width = random.Next(Math.Min(largest, length) + 1);
        return (random.Next(length - width + 1), width);
    }
}

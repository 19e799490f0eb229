using System.Buffers;

namespace Mingling.Audio;

/// <summary>
/// Plays clips faster or slower by a random factor, which changes pitch and duration together
/// (Ko, Peddinti, Povey and Khudanpur, "Audio Augmentation for Speech Recognition", Interspeech 2015).
/// </summary>
/// <inheritdoc cref="Gain" path="/remarks"/>
public sealed class SpeedPerturbation
{
    /// <summary>The slowest speed.</summary>
    public const double MinFactor = 0.25;

    /// <summary>The fastest speed.</summary>
    public const double MaxFactor = 4;

    private const int StepsPerUnit = 1000;

    private readonly Resampler[] _resamplers;

    /// <summary>Designs the filters of all speeds.</summary>
    /// <param name="factors">
    /// The speeds to choose from, each equally likely: 1.1 is 10 % faster and shorter, 1 leaves a clip as it is.
    /// 0.25 to 4, rounded to thousandths; the paper's are 0.9, 1 and 1.1.
    /// </param>
    /// <exception cref="ArgumentException">There is no factor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A factor is out of range.</exception>
    public SpeedPerturbation(params IReadOnlyList<double> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Count == 0)
            throw new ArgumentException("Speed perturbation takes at least one factor.", nameof(factors));
        _resamplers = [.. factors.Select(ResamplerOf)];
    }

    /// <summary>Chooses from evenly spaced speeds.</summary>
    /// <param name="slowest">The lowest factor, at least 0.25.</param>
    /// <param name="fastest">The highest factor, at most 4.</param>
    /// <param name="count">How many factors, both ends included, at least 2; each has a filter of its own. Default 31: hundredths from 0.85 to 1.15.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static SpeedPerturbation Between(double slowest, double fastest, int count = 31)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slowest, fastest);
        return new SpeedPerturbation([.. Enumerable.Range(0, count).Select(i => slowest + (fastest - slowest) * i / (count - 1))]);
    }

    /// <summary>Plays a clip at a random speed, whatever length that gives.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="random">Where the factor is drawn from.</param>
    /// <returns>The clip at the new speed, ⌈length / factor⌉ samples long.</returns>
    public float[] Apply(ReadOnlySpan<float> samples, Random random) => Draw(random).Process(samples);

    /// <summary>Plays a clip at a random speed and fits it into a window by <see cref="ClipLength.Fit(ReadOnlySpan{float}, Span{float})"/>.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="destination">The window, all of which is written; must not overlap the clip.</param>
    /// <param name="random">Where the factor is drawn from.</param>
    /// <returns>The factor.</returns>
    public double Apply(ReadOnlySpan<float> samples, Span<float> destination, Random random)
    {
        var resampler = Draw(random);
        float[] buffer = ArrayPool<float>.Shared.Rent(resampler.OutputLength(samples.Length));
        int length = resampler.Process(samples, buffer);
        ClipLength.Fit(buffer.AsSpan(0, length), destination);
        ArrayPool<float>.Shared.Return(buffer);
        return (double)resampler.FromRate / resampler.ToRate;
    }

    private Resampler Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return _resamplers[random.Next(_resamplers.Length)];
    }

    private static Resampler ResamplerOf(double factor) => factor is >= MinFactor and <= MaxFactor
        ? new Resampler((int)Math.Round(factor * StepsPerUnit), StepsPerUnit)
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, $"A speed factor lies from {MinFactor} to {MaxFactor}.");
}

namespace Mingling.Audio;

/// <summary>Moves what a clip holds by a random time, earlier or later; what it leaves is filled with silence, what goes beyond is lost.</summary>
/// <inheritdoc cref="Gain" path="/remarks"/>
public sealed class TimeShift
{
    private readonly int _maxShift;

    /// <summary>Sets the range.</summary>
    /// <param name="maxShiftMs">The longest shift in either direction (milliseconds), at least 0; 100 is usual for clips of one second.</param>
    /// <param name="sampleRate">The rate of the clips (Hz), above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public TimeShift(double maxShiftMs, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        double maxShift = Math.Round(maxShiftMs * sampleRate / 1000);
        if (!(maxShift is >= 0 and < int.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(maxShiftMs), maxShiftMs, "A shift is a number of milliseconds from 0 on.");
        _maxShift = (int)maxShift;
    }

    /// <summary>Shifts a clip in place, by a number of samples that is uniform over the range.</summary>
    /// <param name="samples">The clip, which keeps its length.</param>
    /// <param name="random">Where the shift is drawn from.</param>
    /// <returns>The shift in samples: positive is later.</returns>
    public int Apply(Span<float> samples, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int shift = (int)random.NextInt64(-_maxShift, _maxShift + 1L);
        Shift(samples, shift);
        return shift;
    }

    /// <summary>Shifts a clip in place by a given number of samples.</summary>
    /// <param name="samples">The clip, which keeps its length.</param>
    /// <param name="shift">The shift in samples: positive is later. A clip shifted by its length or more is silent.</param>
    public static void Shift(Span<float> samples, int shift)
    {
        int by = Math.Clamp(shift, -samples.Length, samples.Length);
        if (by >= 0)
        {
            samples[..^by].CopyTo(samples[by..]);
            samples[..by].Clear();
        }
        else
        {
            samples[-by..].CopyTo(samples);
            samples[^-by..].Clear();
        }
    }
}

namespace Mingling.Audio;

/// <summary>A frequency response of hills and valleys at random places, each of a random height and width (<see cref="Biquad"/>).</summary>
/// <inheritdoc cref="Gain" path="/remarks"/>
public sealed class RandomEqualizer
{
    private const double LowestHz = 60, Highest = 0.9;
    private readonly int _hills;
    private readonly double _decibels, _nyquist;

    /// <summary>Sets the number and the range.</summary>
    /// <param name="sampleRate">The rate of the clips (Hz), above 0.</param>
    /// <param name="hills">How many hills and valleys, at least 1.</param>
    /// <param name="decibels">The largest height or depth, at least 0.</param>
    public RandomEqualizer(int sampleRate, int hills, double decibels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(hills, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(decibels);
        (_hills, _decibels, _nyquist) = (hills, decibels, sampleRate / 2.0);
    }

    /// <summary>Filters a clip in place.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="random">Where places, heights and widths are drawn from.</param>
    public void Apply(Span<float> samples, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var filters = new Biquad[_hills];
        for (int i = 0; i < _hills; i++)
        {
            double middle = LowestHz / _nyquist * Math.Pow(Highest * _nyquist / LowestHz, random.NextDouble());
            filters[i] = Biquad.Peak(middle, 0.4 + (2 * random.NextDouble()), _decibels * ((2 * random.NextDouble()) - 1));
        }
        Biquad.Apply(filters, samples);
    }
}

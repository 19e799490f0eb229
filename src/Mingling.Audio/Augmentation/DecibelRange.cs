namespace Mingling.Audio;

/// <summary>A range of decibels that values are drawn from, uniformly.</summary>
internal readonly struct DecibelRange
{
    private readonly double _min;
    private readonly double _max;

    public DecibelRange(double min, double max)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max) || min > max)
            throw new ArgumentOutOfRangeException(nameof(max), $"A range goes from a lower to a higher number of decibels, not from {min} to {max}.");
        (_min, _max) = (min, max);
    }

    public double Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return _min + (_max - _min) * random.NextDouble();
    }
}

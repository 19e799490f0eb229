namespace Mingling.Audio;

/// <summary>A mono recording.</summary>
/// <param name="Samples">The samples, nominally −1…1: ±1 is full scale, and only floating-point sources may go beyond it.</param>
/// <param name="SampleRate">Samples per second (Hz), above 0.</param>
/// <exception cref="ArgumentNullException"><paramref name="Samples"/> is null.</exception>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="SampleRate"/> is not above 0.</exception>
public sealed record AudioClip(float[] Samples, int SampleRate)
{
    /// <summary>The samples, nominally −1…1. The array is not copied: changing it changes the clip.</summary>
    public float[] Samples { get; } = Samples ?? throw new ArgumentNullException(nameof(Samples));

    /// <summary>Samples per second (Hz), above 0.</summary>
    public int SampleRate { get; } = SampleRate > 0
        ? SampleRate
        : throw new ArgumentOutOfRangeException(nameof(SampleRate), SampleRate, "A clip has a sample rate above 0 Hz.");

    /// <summary>How long the clip lasts: the number of samples over the sample rate.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}

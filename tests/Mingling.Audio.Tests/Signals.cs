namespace Mingling.Audio.Tests;

/// <summary>Signals that tests are made with.</summary>
internal static class Signals
{
    public static float[] Sine(double frequency, int rate, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / rate))];

    /// <summary>White noise, uniform in ±0.5.</summary>
    public static float[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }

    public static double Power(ReadOnlySpan<float> samples)
    {
        double power = 0;
        foreach (float sample in samples)
            power += (double)sample * sample / samples.Length;
        return power;
    }
}

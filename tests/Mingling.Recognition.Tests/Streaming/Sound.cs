namespace Mingling.Recognition.Tests.Streaming;

/// <summary>Sounds for tests: the same in every run.</summary>
internal static class Sound
{
    public const int Rate = 16000;

    public static float[] Tone(double hz, double seconds, int rate = Rate, double amplitude = 0.3) =>
        [.. Enumerable.Range(0, (int)(seconds * rate)).Select(n => (float)(amplitude * Math.Sin(2 * Math.PI * hz * n / rate)))];

    public static float[] Noise(double seconds, double amplitude, int seed = 1, int rate = Rate)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)(seconds * rate)).Select(_ => (float)(amplitude * ((2 * random.NextDouble()) - 1)))];
    }

    public static float[] Silence(double seconds, int rate = Rate) => new float[(int)(seconds * rate)];

    public static float[] Mix(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];
}

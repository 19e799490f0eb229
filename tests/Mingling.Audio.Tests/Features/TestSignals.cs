namespace Mingling.Audio.Tests;

/// <summary>Signals for tests: the same in every run.</summary>
internal static class TestSignals
{
    public static float[] Noise(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    public static TheoryData<string> Presets => [.. FeatureSettings.Names];
}

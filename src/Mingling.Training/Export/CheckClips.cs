namespace Mingling.Training.Export;

/// <summary>Sound that is like speech in level and spectrum, for checking a model where no recordings are at hand.</summary>
internal static class CheckClips
{
    /// <summary>Syllables: harmonics of a gliding voice that swells and fades, over noise, in clips of different lengths.</summary>
    /// <param name="count">The number of clips.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <param name="seconds">The length of the model's window; clips are 0.5 to 1.5 times as long.</param>
    public static List<float[]> Make(int count, int sampleRate, double seconds) =>
        [.. Enumerable.Range(0, count).Select(i => Clip(new SeededRandom(SeededRandom.Derive(1, (ulong)i)), sampleRate, seconds))];

    private static float[] Clip(SeededRandom random, int rate, double seconds)
    {
        float[] samples = new float[(int)(rate * seconds * (0.5 + random.NextDouble()))];
        double pitch = 90 + 160 * random.NextDouble(), glide = 80 * (random.NextDouble() - 0.5), syllables = 2 + 4 * random.NextDouble();
        double formant = 300 + 1500 * random.NextDouble(), phase = 0, noise = Math.Pow(10, -1.5 - 2 * random.NextDouble());
        for (int n = 0; n < samples.Length; n++)
        {
            double time = (double)n / rate, hertz = pitch + glide * time;
            phase += 2 * Math.PI * hertz / rate;
            double swell = Math.Pow(Math.Sin(Math.PI * syllables * time), 2), sum = 0;
            for (int harmonic = 1; harmonic * hertz < Math.Min(4000, rate / 2.0); harmonic++)
                sum += Math.Sin(harmonic * phase) / (1 + Math.Pow((harmonic * hertz - formant) / 300, 2));
            samples[n] = (float)(0.2 * swell * sum + noise * (random.NextDouble() - 0.5));
        }
        return samples;
    }
}

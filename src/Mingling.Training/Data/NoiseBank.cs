namespace Mingling.Training.Data;

/// <summary>
/// Noise for trainings without recorded noise: half of the clips are Gaussian noise of a random colour whose level swells and falls,
/// half are babble, several training clips at once.
/// </summary>
internal static class NoiseBank
{
    private const int ClipsOfEachKind = 16, Voices = 5;
    private const double Seconds = 3;

    public static IReadOnlyList<float[]> Create(IReadOnlyList<float[]> speech, int sampleRate, ulong seed)
    {
        var clips = new List<float[]>(2 * ClipsOfEachKind);
        for (int i = 0; i < ClipsOfEachKind; i++)
        {
            var random = new SeededRandom(SeededRandom.Derive(seed, (ulong)i));
            clips.Add(Colored(random, sampleRate));
            clips.Add(Babble(random, speech, sampleRate));
        }
        return clips;
    }

    /// <summary>White noise through one pole: from a rumble (pole near 1) over white to a hiss (pole below 0).</summary>
    private static float[] Colored(SeededRandom random, int sampleRate)
    {
        float[] noise = new float[(int)(Seconds * sampleRate)];
        double pole = 0.98 - 1.3 * random.NextDouble() * random.NextDouble();
        double swellsPerSecond = 4 * random.NextDouble(), depth = 0.8 * random.NextDouble(), past = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            past = pole * past + (1 - Math.Abs(pole)) * Gaussian(random);
            noise[i] = (float)(past * (1 + depth * Math.Sin(2 * Math.PI * swellsPerSecond * i / sampleRate)));
        }
        return noise;
    }

    private static float[] Babble(SeededRandom random, IReadOnlyList<float[]> speech, int sampleRate)
    {
        float[] babble = new float[(int)(Seconds * sampleRate)];
        for (int voice = 0; voice < Voices; voice++)
        {
            int at = 0;
            while (at < babble.Length)
            {
                float[] clip = speech[random.Next(speech.Count)];
                int count = Math.Min(clip.Length, babble.Length - at);
                for (int i = 0; i < count; i++) babble[at + i] += clip[i];
                at += Math.Max(1, clip.Length);
            }
        }
        return babble;
    }

    /// <summary>Box and Muller 1958.</summary>
    private static double Gaussian(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

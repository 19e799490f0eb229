using Mingling.Audio;

namespace Mingling.Training.Data;

/// <summary>
/// Noise for trainings without recorded noise: half of the clips are Gaussian noise of a random colour whose level swells and falls,
/// half are babble, several training clips at once; for a room machines are added, and noise with hills and valleys.
/// </summary>
internal static class NoiseBank
{
    private const int ClipsOfEachKind = 16, Voices = 5;
    private const double Seconds = 3;

    /// <param name="speech">The training clips.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="machines">Whether there are also machines, and four times as many noises with hills and valleys.</param>
    public static IReadOnlyList<float[]> Create(IReadOnlyList<float[]> speech, int sampleRate, ulong seed, bool machines = false)
    {
        var clips = new List<float[]>(3 * ClipsOfEachKind);
        for (int i = 0; i < ClipsOfEachKind; i++)
        {
            var random = new SeededRandom(SeededRandom.Derive(seed, (ulong)i));
            clips.Add(Colored(random, sampleRate));
            clips.Add(Babble(random, speech, sampleRate));
            if (machines) clips.AddRange([Machine(random, sampleRate), .. Enumerable.Range(0, 4).Select(_ => Shaped(random, sampleRate))]);
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

    /// <summary>Motors, pumps and fans: harmonics of a turning part whose speed and load waver, in a hiss or rumble, and in half of them knocks.</summary>
    private static float[] Machine(SeededRandom random, int sampleRate)
    {
        float[] noise = Colored(random, sampleRate);
        double rms = Math.Sqrt(noise.Sum(sample => (double)sample * sample) / noise.Length);
        double turns = 20 * Math.Pow(12, random.NextDouble()), wavers = 0.2 + 2 * random.NextDouble(), depth = 0.02 * random.NextDouble();
        int harmonics = Math.Min(60, (int)(0.45 * sampleRate / turns));
        double[] heights = [.. Enumerable.Range(1, harmonics).Select(k => rms * 1.5 * random.NextDouble() / Math.Pow(k, 0.3 + 0.7 * random.NextDouble()))];
        double knocksPerSecond = random.NextDouble() < 0.5 ? 0 : 1 + 8 * random.NextDouble(), tone = 300 + 2500 * random.NextDouble(), dies = 30 + 100 * random.NextDouble();
        double phase = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            double time = (double)i / sampleRate;
            phase += 2 * Math.PI * turns * (1 + depth * Math.Sin(2 * Math.PI * wavers * time)) / sampleRate;
            double sum = 0;
            for (int k = 0; k < harmonics; k++) sum += heights[k] * Math.Sin((k + 1) * phase);
            double since = knocksPerSecond == 0 ? 1 : time * knocksPerSecond % 1 / knocksPerSecond;
            double knock = knocksPerSecond == 0 ? 0 : 6 * rms * Math.Exp(-dies * since) * Math.Sin(2 * Math.PI * tone * since);
            noise[i] = (float)(noise[i] + sum + knock);
        }
        return noise;
    }

    /// <summary>White noise with hills and valleys: rooms, traffic, water, fans and tape differ by them more than by their slope.</summary>
    private static float[] Shaped(SeededRandom random, int sampleRate)
    {
        float[] noise = random.NextDouble() < 0.3 ? Machine(random, sampleRate) : Colored(random, sampleRate);
        var shape = new RandomEqualizer(sampleRate, hills: 5, decibels: 18);
        shape.Apply(noise, random);
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

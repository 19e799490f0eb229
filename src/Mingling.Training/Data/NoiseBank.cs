using Mingling.Audio;

namespace Mingling.Training.Data;

/// <summary>
/// Noise for trainings without recorded noise: half of the clips are Gaussian noise of a random colour whose level swells and falls,
/// half are babble, several training clips at once; for a room machines are added, noise with hills and valleys, and noise that is not
/// Gaussian: what boils, rains, rattles and rustles fluctuates in every band, and a model that has never heard that takes it for speech.
/// </summary>
internal static class NoiseBank
{
    private const int ClipsOfEachKind = 16, Voices = 5;
    private const double Seconds = 3;

    /// <param name="speech">The training clips.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="machines">Whether there are also machines, grains and wavering bands, and four times as many noises with hills and valleys.</param>
    public static IReadOnlyList<float[]> Create(IReadOnlyList<float[]> speech, int sampleRate, ulong seed, bool machines = false)
    {
        var clips = new List<float[]>(3 * ClipsOfEachKind);
        for (int i = 0; i < ClipsOfEachKind; i++)
        {
            var random = new SeededRandom(SeededRandom.Derive(seed, (ulong)i));
            clips.Add(Colored(random, sampleRate));
            clips.Add(Babble(random, speech, sampleRate));
            if (machines) clips.AddRange([Machine(random, sampleRate), .. Some(4, Shaped), .. Some(2, Grains), .. Some(2, WaveringBands)]);

            IEnumerable<float[]> Some(int count, Func<SeededRandom, int, float[]> create) => Enumerable.Range(0, count).Select(_ => create(random, sampleRate));
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
        double rms = Rms(noise);
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
        double draw = random.NextDouble();
        float[] noise = draw < 0.25 ? Machine(random, sampleRate) : draw < 0.5 ? Grains(random, sampleRate) : draw < 0.65 ? WaveringBands(random, sampleRate) : Colored(random, sampleRate);
        var shape = new RandomEqualizer(sampleRate, hills: 5, decibels: 18);
        shape.Apply(noise, random);
        return noise;
    }

    /// <summary>
    /// Bubbles, rain, dishes, keys, gravel, crackling: short tones that die away, 3 to 300 a second, of frequencies and levels scattered about
    /// those of the thing that sounds, some of them rising; in a hiss or rumble.
    /// </summary>
    private static float[] Grains(SeededRandom random, int sampleRate)
    {
        float[] noise = Colored(random, sampleRate);
        double rms = Rms(noise);
        double perSecond = 3 * Math.Pow(100, random.NextDouble()), middle = 120 * Math.Pow(40, random.NextDouble()), octaves = 0.2 + 1.3 * random.NextDouble();
        double dies = 0.002 * Math.Pow(25, random.NextDouble()), rises = random.NextDouble() < 0.4 ? 12 * random.NextDouble() : 0;
        double height = rms * Math.Pow(10, (25 * random.NextDouble() - 5) / 20) / Math.Sqrt(Math.Min(1, perSecond * dies));
        int count = (int)(perSecond * Seconds);
        for (int grain = 0; grain < count; grain++)
        {
            int start = random.Next(noise.Length);
            double hertz = Math.Min(0.45 * sampleRate, middle * Math.Pow(2, octaves * Gaussian(random)));
            double seconds = dies * Math.Pow(2, Gaussian(random)), level = height * Math.Pow(10, 0.3 * Gaussian(random)), phase = 2 * Math.PI * random.NextDouble();
            int end = Math.Min(noise.Length, start + (int)(5 * seconds * sampleRate));
            for (int i = start; i < end; i++)
            {
                double time = (double)(i - start) / sampleRate;
                phase += 2 * Math.PI * Math.Min(0.45 * sampleRate, hertz * Math.Pow(2, rises * time)) / sampleRate;
                noise[i] += (float)(level * Math.Exp(-time / seconds) * Math.Sin(phase));
            }
        }
        return noise;
    }

    /// <summary>Wind, water, traffic, applause, cloth: bands of noise, each of whose levels goes up and down by itself, slowly or fast.</summary>
    private static float[] WaveringBands(SeededRandom random, int sampleRate)
    {
        float[] noise = new float[(int)(Seconds * sampleRate)];
        int bands = 3 + random.Next(10);
        double decibels = 1 + 7 * random.NextDouble(), seconds = 0.008 * Math.Pow(50, random.NextDouble());
        for (int band = 0; band < bands; band++)
        {
            double middle = 80 * Math.Pow(0.45 * sampleRate / 80, random.NextDouble()), width = middle * (0.15 + 0.85 * random.NextDouble());
            double radius = Math.Exp(-Math.PI * width / sampleRate), turn = 2 * radius * Math.Cos(2 * Math.PI * middle / sampleRate);
            double level = Math.Pow(10, -random.NextDouble()) * Math.Sqrt(1 - radius);
            double keeps = Math.Exp(-1 / (seconds * Math.Pow(2, Gaussian(random)) * sampleRate)), moves = Math.Sqrt(1 - keeps * keeps);
            double wander = Gaussian(random), last = 0, secondLast = 0;
            for (int i = 0; i < noise.Length; i++)
            {
                wander = keeps * wander + moves * Gaussian(random);
                double value = Gaussian(random) + turn * last - radius * radius * secondLast;
                (last, secondLast) = (value, last);
                noise[i] += (float)(level * value * Math.Pow(10, decibels * wander / 20));
            }
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

    private static double Rms(float[] noise) => Math.Sqrt(noise.Sum(sample => (double)sample * sample) / noise.Length);

    /// <summary>Box and Muller 1958.</summary>
    private static double Gaussian(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

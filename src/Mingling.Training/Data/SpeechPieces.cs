using Mingling.Corpora.Streams;

namespace Mingling.Training.Data;

/// <summary>Pieces of speech to put together: commands with the place where they are said, other speech, and noise. Shared by threads.</summary>
internal sealed class SpeechPieces
{
    private const double ScrambledShare = 0.4, ReversedShare = 0.3, GivenShare = 0.5, LevelDb = 6, LongestGap = 0.5, ShortestGap = 0.04, FadeSeconds = 0.005;

    private readonly IReadOnlyList<float[]> _clips;
    private readonly (int Clip, SpokenStretch Spoken)[] _commands;
    private readonly IReadOnlyList<float[]> _noise;
    private readonly double[] _powers;
    private readonly int _given;
    private readonly HardPlaces _hard;

    /// <param name="commands">The command clips.</param>
    /// <param name="negatives">Recordings in which no command is said; may be empty.</param>
    /// <param name="given">How many of them, the first, are recordings of people and not made: few of these tell more than many of those, and
    /// so half of the other speech is taken from them.</param>
    /// <param name="hard">Which of them are doubted, and so left out.</param>
    /// <param name="noise">Noise.</param>
    /// <param name="sampleRate">The rate of all of them, in hertz.</param>
    public SpeechPieces(IReadOnlyList<float[]> commands, IReadOnlyList<float[]> negatives, int given, HardPlaces hard, IReadOnlyList<float[]> noise, int sampleRate)
    {
        SampleRate = sampleRate;
        _clips = commands;
        _commands = [.. commands.Select((clip, i) => (Clip: i, Spoken: SpokenStretch.Of(clip, sampleRate)!)).Where(command => command.Spoken is not null)];
        (Negatives, _given, _hard) = (negatives, given, hard);
        _powers = [.. negatives.Select(sound => SpokenStretch.Of(sound, sampleRate)?.Power ?? 0)];
        _noise = noise;
    }

    /// <summary>The rate in hertz.</summary>
    public int SampleRate { get; }

    /// <summary>The recordings in which no command is said.</summary>
    public IReadOnlyList<float[]> Negatives { get; }

    /// <summary>A command at random.</summary>
    public (float[] Clip, SpokenStretch Spoken) Command(SeededRandom random)
    {
        var (clip, spoken) = _commands[random.Next(_commands.Length)];
        return (_clips[clip], spoken);
    }

    /// <summary>A pause between two pieces, in samples.</summary>
    public int Gap(SeededRandom random) => (int)(SampleRate * (ShortestGap + (LongestGap - ShortestGap) * random.NextDouble()));

    /// <summary>Adds a command that ends at a sample of the window.</summary>
    /// <param name="clip">Its recording.</param>
    /// <param name="spoken">Where in it the command is said.</param>
    /// <param name="end">Where its spoken stretch ends.</param>
    /// <param name="neighbors">The probability of other speech before it, and half of that after it.</param>
    /// <param name="window">The window.</param>
    /// <param name="random">Draws the other speech.</param>
    public void AddCommand(float[] clip, SpokenStretch spoken, int end, double neighbors, Span<float> window, SeededRandom random)
    {
        int at = end - spoken.Start - spoken.Length;
        Add(clip, at, 1, window);
        if (random.NextDouble() < neighbors)
        {
            int before = end - spoken.Length - Gap(random);
            while (before > 0) before = AddOther(window, before, spoken.Power, random, ends: true) - Gap(random);
        }
        if (random.NextDouble() < neighbors / 2) AddOther(window, end + Gap(random), spoken.Power, random);
    }

    /// <summary>Adds other speech.</summary>
    /// <param name="window">Receives it.</param>
    /// <param name="at">Where it begins, or ends; it may lie outside.</param>
    /// <param name="power">The mean power that it has within 6 dB; 0 for its own.</param>
    /// <param name="random">Draws it.</param>
    /// <param name="ends">Whether it ends there.</param>
    /// <returns>Where it ends, or begins.</returns>
    public int AddOther(Span<float> window, int at, double power, SeededRandom random, bool ends = false)
    {
        if (_commands.Length == 0) return ends ? int.MinValue / 2 : int.MaxValue / 2;
        float[] piece = Other(random, out double own);
        // A long recording is heard from anywhere on.
        int length = Math.Min(piece.Length, (int)(SampleRate * (0.3 + 1.7 * random.NextDouble())));
        int from = random.Next(piece.Length - length + 1);
        double gain = power == 0 || own == 0 ? 1 : Math.Sqrt(power / own) * Math.Pow(10, LevelDb * (2 * random.NextDouble() - 1) / 20);
        int start = ends ? at - length : at;
        Add(piece.AsSpan(from, length), start, (float)gain, window, (int)(FadeSeconds * SampleRate));
        return ends ? start : start + length;
    }

    /// <summary>Adds noise, or leaves silence.</summary>
    public void AddNoise(Span<float> window, SeededRandom random)
    {
        if (_noise.Count == 0 || random.NextDouble() < 0.3) return;
        float[] noise = _noise[random.Next(_noise.Count)];
        int place = random.Next(noise.Length);
        float gain = (float)Math.Pow(10, -40 * random.NextDouble() / 20);
        for (int i = 0; i < window.Length; i++) window[i] += gain * noise[(place + i) % noise.Length];
    }

    /// <summary>Adds sound at a place of a window, as far as it lies in it.</summary>
    public static void Add(ReadOnlySpan<float> sound, int at, float gain, Span<float> window, int fade = 0)
    {
        int from = Math.Max(0, -at), to = Math.Min(sound.Length, window.Length - at);
        for (int i = from; i < to; i++)
        {
            int edge = Math.Min(i, sound.Length - 1 - i);
            window[at + i] += (edge < fade ? gain * (edge + 1) / (fade + 1) : gain) * sound[i];
        }
    }

    private float[] Other(SeededRandom random, out double power)
    {
        if (Negatives.Count > 0 && random.NextDouble() >= ScrambledShare)
        {
            bool isGiven = _given == Negatives.Count || (_given > 0 && random.NextDouble() < GivenShare);
            int i = isGiven ? random.Next(_given) : _given + random.Next(Negatives.Count - _given);
            if (!_hard.IsDoubted(i))
            {
                power = _powers[i];
                return Negatives[i];
            }
        }
        var (clip, spoken) = Command(random);
        power = spoken.Power;
        return random.NextDouble() < ReversedShare ? Reversed(clip, spoken) : Scrambled(random, clip, spoken);
    }

    /// <summary>A whole command backwards: a voice and sounds that are natural, in an order that no word has.</summary>
    private static float[] Reversed(float[] clip, SpokenStretch spoken)
    {
        float[] sound = clip[spoken.Start..(spoken.Start + spoken.Length)];
        Array.Reverse(sound);
        return sound;
    }

    /// <summary>Speech by the same people that says nothing: short fragments of one or two commands in any order, some backwards, at other speeds.</summary>
    private float[] Scrambled(SeededRandom random, float[] clip, SpokenStretch spoken)
    {
        var (otherClip, otherSpoken) = Command(random);
        var sound = new List<float>(SampleRate);
        double wanted = SampleRate * (0.3 + 1.2 * random.NextDouble());
        while (sound.Count < wanted)
        {
            var (source, stretch) = random.NextDouble() < 0.5 ? (clip, spoken) : (otherClip, otherSpoken);
            // At most 45 % of a word, so that none is heard whole.
            double length = Math.Max(0.05 * SampleRate, stretch.Length * (0.15 + 0.3 * random.NextDouble()));
            double from = stretch.Start + random.NextDouble() * Math.Max(0, stretch.Length - length), speed = 0.8 + 0.45 * random.NextDouble();
            bool backwards = random.NextDouble() < 0.3;
            int count = (int)(length / speed), fade = Math.Max(1, Math.Min(count / 3, SampleRate / 100));
            for (int i = 0; i < count; i++)
            {
                double place = from + speed * (backwards ? count - 1 - i : i);
                int below = (int)place;
                if (below + 1 >= source.Length) break;
                float value = (float)(source[below] + (place - below) * (source[below + 1] - source[below]));
                sound.Add(value * Math.Min(1, (Math.Min(i, count - 1 - i) + 1f) / fade));
            }
            if (random.NextDouble() < 0.15) sound.AddRange(new float[(int)(SampleRate * (0.03 + 0.15 * random.NextDouble()))]);
        }
        return [.. sound];
    }
}

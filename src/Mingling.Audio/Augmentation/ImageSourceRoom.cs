using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mingling.Audio;

/// <summary>
/// The echoes of a room with six flat walls, by mirror images of the source (Allen and Berkley, "Image method for efficiently simulating
/// small-room acoustics", 1979): direct sound, and reflections that come later and weaker.
/// </summary>
public sealed class ImageSourceRoom
{
    private const double SpeedOfSound = 343, LongestSeconds = 0.3;
    private const int Order = 3, MostImages = 240, Block = 32;

    private readonly int[] _delays;
    private readonly float[] _gains;

    private ImageSourceRoom(int[] delays, float[] gains) => (_delays, _gains) = (delays, gains);

    /// <summary>The reflections, each with its delay after the direct sound in samples and its gain relative to that; the direct sound is the first.</summary>
    public IReadOnlyList<(int Delay, float Gain)> Reflections => [.. _delays.Zip(_gains)];

    /// <summary>Draws a room of 2 to 8 m by 2 to 6 m by 2.3 to 3.5 m, walls that keep 30 to 90 % of the pressure, and places of source and microphone.</summary>
    /// <param name="sampleRate">The rate of the sound that will be heard in it (Hz), above 0.</param>
    /// <param name="random">Draws the room.</param>
    public static ImageSourceRoom Draw(int sampleRate, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double[] size = [Between(2, 8), Between(2, 6), Between(2.3, 3.5)];
        double wall = Between(0.3, 0.9);
        double[] source = [.. size.Select(length => length * Between(0.1, 0.9))], microphone = [.. size.Select(length => length * Between(0.1, 0.9))];
        return Of(sampleRate, size, source, microphone, wall);

        double Between(double low, double high) => low + (high - low) * random.NextDouble();
    }

    /// <summary>Computes the strongest reflections within 0.3 s.</summary>
    /// <param name="sampleRate">The rate of the sound that will be heard in it (Hz), above 0.</param>
    /// <param name="size">Length, width and height in meters, above 0.</param>
    /// <param name="source">Where the source is, in meters from a corner, inside the room.</param>
    /// <param name="microphone">Where the microphone is.</param>
    /// <param name="reflection">The pressure that a wall reflects, as a share of what meets it. Range: 0 to 1.</param>
    public static ImageSourceRoom Of(int sampleRate, IReadOnlyList<double> size, IReadOnlyList<double> source, IReadOnlyList<double> microphone, double reflection)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(microphone);
        if (!(reflection is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(reflection), reflection, "Walls reflect a share from 0 to 1.");
        var axes = Enumerable.Range(0, 3).Select(axis => Images(size[axis], source[axis], microphone[axis])).ToArray();
        double direct = Math.Max(0.1, Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(source[axis] - microphone[axis], 2))));
        var images = from x in axes[0]
                     from y in axes[1]
                     from z in axes[2]
                     let distance = Math.Max(0.1, Math.Sqrt(x.Distance * x.Distance + y.Distance * y.Distance + z.Distance * z.Distance))
                     let delay = (int)Math.Round((distance - direct) / SpeedOfSound * sampleRate)
                     let bounces = x.Bounces + y.Bounces + z.Bounces
                     where bounces > 0 && delay < LongestSeconds * sampleRate
                     select (Delay: Math.Max(0, delay), Gain: (float)(Math.Pow(reflection, bounces) * direct / distance));
        var strongest = images.Where(image => image.Gain > 0).OrderByDescending(image => image.Gain).ThenBy(image => image.Delay).Take(MostImages).ToArray();
        return new ImageSourceRoom([0, .. strongest.Select(image => image.Delay)], [1, .. strongest.Select(image => image.Gain)]);
    }

    /// <summary>What is heard of a sound in the room, as long as the sound.</summary>
    /// <param name="dry">The sound.</param>
    /// <param name="wet">Receives it; exactly as long, and no part of it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Apply(ReadOnlySpan<float> dry, Span<float> wet)
    {
        if (dry.Length != wet.Length) throw new ArgumentException($"What is heard is as long as the sound, {dry.Length} samples, not {wet.Length}.", nameof(wet));
        // The silence before the sound, so that every reflection reaches a whole block.
        int silence = 0;
        foreach (int delay in _delays) silence = Math.Max(silence, delay);
        float[] rented = ArrayPool<float>.Shared.Rent(silence + dry.Length);
        rented.AsSpan(0, silence).Clear();
        dry.CopyTo(rented.AsSpan(silence));
        int at = 0;
        for (; at <= wet.Length - Block; at += Block) Add(rented.AsSpan(at, silence + Block), silence, wet.Slice(at, Block));
        for (; at < wet.Length; at++)
        {
            float sum = 0;
            for (int k = 0; k < _delays.Length; k++) sum += _gains[k] * rented[silence + at - _delays[k]];
            wet[at] = sum;
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>All reflections of a block, whose sums stay in registers meanwhile.</summary>
    private void Add(ReadOnlySpan<float> sound, int from, Span<float> sum)
    {
        ref float first = ref MemoryMarshal.GetReference(sound);
        Vector256<float> a = default, b = default, c = default, d = default;
        for (int k = 0; k < _delays.Length; k++)
        {
            var gain = Vector256.Create(_gains[k]);
            nuint at = (nuint)(from - _delays[k]);
            a += gain * Vector256.LoadUnsafe(ref first, at);
            b += gain * Vector256.LoadUnsafe(ref first, at + 8);
            c += gain * Vector256.LoadUnsafe(ref first, at + 16);
            d += gain * Vector256.LoadUnsafe(ref first, at + 24);
        }
        a.CopyTo(sum);
        b.CopyTo(sum[8..]);
        c.CopyTo(sum[16..]);
        d.CopyTo(sum[24..]);
    }

    /// <summary>Along one axis: how far each image is, and how often its sound met one of the two walls.</summary>
    private static (double Distance, int Bounces)[] Images(double length, double source, double microphone) =>
    [
        .. from n in Enumerable.Range(-Order, (2 * Order) + 1)
           from mirrored in new[] { 0, 1 }
           select (Distance: ((1 - 2 * mirrored) * source) + (2 * n * length) - microphone, Bounces: Math.Abs(n - mirrored) + Math.Abs(n)),
    ];
}

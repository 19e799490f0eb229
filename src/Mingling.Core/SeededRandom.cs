namespace Mingling;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET: SplitMix64 (Steele, Lea and Flood 2014).
/// Cheap to start, so that each clip of each epoch has a stream of its own.
/// </summary>
public sealed class SeededRandom : Random
{
    private ulong _state;

    /// <summary>Starts a stream.</summary>
    public SeededRandom(ulong seed) => _state = seed;

    /// <summary>Starts another stream in the place of this one.</summary>
    internal void Restart(ulong seed) => _state = seed;

    /// <summary>A seed for one of many streams: equal inputs give equal seeds, and different ones unrelated streams.</summary>
    public static ulong Derive(ulong seed, ulong a, ulong b = 0) => Mix(Mix(Mix(seed) ^ (a + 0x9e3779b97f4a7c15)) ^ (b + 0xd1b54a32d192ed03));

    /// <summary>The numbers from 0 to <paramref name="count"/> − 1 in random order (Fisher and Yates).</summary>
    public static int[] Permutation(int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new SeededRandom(seed);
        for (int i = count - 1; i > 0; i--)
        {
            int k = random.Next(i + 1);
            (order[i], order[k]) = (order[k], order[i]);
        }
        return order;
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    /// <inheritdoc/>
    public override double NextDouble() => (Draw() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override float NextSingle() => (Draw() >> 40) * (1.0f / (1 << 24));

    /// <inheritdoc/>
    public override int Next() => (int)(Draw() >> 33);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Math.BigMul(Draw(), (ulong)maxValue, out _);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)Math.BigMul(Draw(), (ulong)((long)maxValue - minValue), out _));
    }

    /// <inheritdoc/>
    public override long NextInt64() => (long)(Draw() >> 1);

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        for (int i = 0; i < buffer.Length; i++) buffer[i] = (byte)(Draw() >> 56);
    }

    private ulong Draw() => Mix(_state += 0x9e3779b97f4a7c15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}

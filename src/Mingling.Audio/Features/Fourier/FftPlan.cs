namespace Mingling.Audio;

/// <summary>
/// The tables of a real Fourier transform of one size: immutable, and shared by all transforms of that size.
/// A real signal of even size N is transformed as N/2 complex points (even samples real, odd samples imaginary) and unpacked;
/// one of odd size as N complex points. Complex points are split by decimation in time into radices 4, 2 and odd primes
/// (Cooley and Tukey 1965): N·(sum of radices) steps, so sizes whose largest prime is small are fast and all sizes work.
/// </summary>
internal sealed class FftPlan
{
    public FftPlan(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
        IsHalved = size % 2 == 0;
        Points = IsHalved ? size / 2 : size;
        int[] radices = Factor(Points);
        Stages = new FftStage[radices.Length];
        int spacing = 1;
        for (int s = 0; s < radices.Length; s++)
        {
            Stages[s] = new FftStage(radices[s], spacing);
            spacing *= radices[s];
        }

        Slots = SampleSlots(radices);
        Unpacking = IsHalved ? Roots(size, (Points / 2) + 1) : [];
    }

    /// <summary>The number of real samples N.</summary>
    public int Size { get; }

    /// <summary>Frequencies 0…⌊N/2⌋.</summary>
    public int Bins => (Size / 2) + 1;

    /// <summary>Whether pairs of samples are treated as complex points.</summary>
    public bool IsHalved { get; }

    /// <summary>The number of complex points.</summary>
    public int Points { get; }

    public FftStage[] Stages { get; }

    /// <summary>Where sample n goes in the work space (real parts at even, imaginary at odd places), already in the order of the stages.</summary>
    public int[] Slots { get; }

    /// <summary>cos and sin of 2πk/N, interleaved, k = 0…N/4.</summary>
    public float[] Unpacking { get; }

    /// <summary>cos and sin of 2πk/size, interleaved, for the first <paramref name="count"/> values of k.</summary>
    public static float[] Roots(int size, int count)
    {
        float[] roots = new float[2 * count];
        for (int k = 0; k < count; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / size);
            (roots[2 * k], roots[(2 * k) + 1]) = ((float)cos, (float)sin);
        }

        return roots;
    }

    private static int[] Factor(int points)
    {
        var radices = new List<int>();
        foreach (int radix in (ReadOnlySpan<int>)[4, 2])
            for (; points % radix == 0; points /= radix) radices.Add(radix);
        for (int radix = 3; points > 1; radix += 2)
            for (; points % radix == 0; points /= radix) radices.Add(radix);
        return [.. radices];
    }

    private int[] SampleSlots(int[] radices)
    {
        int[] slots = new int[Size];
        for (int place = 0; place < Points; place++)
        {
            int point = 0, stride = 1, rest = place, length = Points;
            for (int s = radices.Length - 1; s >= 0; s--)
            {
                length /= radices[s];
                point += rest / length * stride;
                rest %= length;
                stride *= radices[s];
            }

            if (IsHalved) (slots[2 * point], slots[(2 * point) + 1]) = (2 * place, (2 * place) + 1);
            else slots[point] = 2 * place;
        }

        return slots;
    }
}

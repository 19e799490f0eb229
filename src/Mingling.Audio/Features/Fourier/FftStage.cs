namespace Mingling.Audio;

/// <summary>One pass of the transform: <c>Radix</c> transforms of <c>Spacing</c> points become one of Radix · Spacing.</summary>
internal sealed class FftStage
{
    public FftStage(int radix, int spacing)
    {
        Radix = radix;
        Spacing = spacing;
        Twiddles = new float[2 * (spacing - 1) * (radix - 1)];
        float[] roots = FftPlan.Roots(radix * spacing, radix * spacing);
        int at = 0;
        for (int j = 1; j < spacing; j++)
        {
            for (int q = 1; q < radix; q++, at += 2)
                (Twiddles[at], Twiddles[at + 1]) = (roots[2 * j * q], roots[(2 * j * q) + 1]);
        }

        OddRoots = radix % 2 == 1 ? FftPlan.Roots(radix, radix) : [];
    }

    public int Radix { get; }

    public int Spacing { get; }

    /// <summary>cos and sin of 2πjq/(Radix·Spacing) for j = 1…Spacing−1 (outer) and q = 1…Radix−1 (inner).</summary>
    public float[] Twiddles { get; }

    /// <summary>cos and sin of 2πk/Radix, for odd radices.</summary>
    public float[] OddRoots { get; }
}

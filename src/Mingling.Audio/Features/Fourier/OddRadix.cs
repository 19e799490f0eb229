using System.Runtime.CompilerServices;

namespace Mingling.Audio;

/// <summary>
/// The pass that joins an odd prime number r of transforms into one. Points q and r−q share the cosine and mirror the sine:
/// X[k], X[r−k] = x₀ + Σ cos(2πqk/r)(x_q + x_{r−q}) ∓ i Σ sin(2πqk/r)(x_q − x_{r−q}), q = 1…(r−1)/2.
/// </summary>
internal static class OddRadix
{
    /// <summary>Joins in place; <paramref name="sumsAndDifferences"/> is scratch of at least 2r lanes.</summary>
    public static void Run<TLane>(Span<TLane> work, int points, FftStage stage, Span<TLane> sumsAndDifferences)
        where TLane : unmanaged, ILane<TLane>
    {
        int radix = stage.Radix, spacing = stage.Spacing;
        for (int block = 0; block < points; block += radix * spacing)
        {
            for (int j = 0; j < spacing; j++)
            {
                var first = work[(2 * (block + j))..];
                Split(first, stage, j, sumsAndDifferences);
                Join(first, stage, sumsAndDifferences);
            }
        }
    }

    private static void Split<TLane>(Span<TLane> first, FftStage stage, int j, Span<TLane> sums)
        where TLane : unmanaged, ILane<TLane>
    {
        int radix = stage.Radix, step = 2 * stage.Spacing;
        (sums[0], sums[1]) = (first[0], first[1]);
        for (int q = 1; 2 * q < radix; q++)
        {
            Point(first, stage, j, q, step, out var ar, out var ai);
            Point(first, stage, j, radix - q, step, out var br, out var bi);
            int at = (4 * q) - 2;
            (sums[at], sums[at + 1]) = (ar + br, ai + bi);
            (sums[at + 2], sums[at + 3]) = (ar - br, ai - bi);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Point<TLane>(Span<TLane> first, FftStage stage, int j, int q, int step, out TLane real, out TLane imaginary)
        where TLane : unmanaged, ILane<TLane>
    {
        ref var point = ref first[q * step];
        if (j > 0) Twiddle.Turn(ref point, ref stage.Twiddles[2 * (((j - 1) * (stage.Radix - 1)) + q - 1)], out real, out imaginary);
        else (real, imaginary) = (point, Unsafe.Add(ref point, 1));
    }

    private static void Join<TLane>(Span<TLane> first, FftStage stage, Span<TLane> sums)
        where TLane : unmanaged, ILane<TLane>
    {
        int radix = stage.Radix, step = 2 * stage.Spacing;
        TLane totalReal = sums[0], totalImaginary = sums[1];
        for (int k = 1; 2 * k < radix; k++)
        {
            TLane evenReal = sums[0], evenImaginary = sums[1];
            TLane oddReal = TLane.Broadcast(0f), oddImaginary = oddReal;
            int root = 0;
            for (int q = 1; 2 * q < radix; q++)
            {
                root = root + k >= radix ? root + k - radix : root + k;
                TLane cos = TLane.Broadcast(stage.OddRoots[2 * root]), sin = TLane.Broadcast(stage.OddRoots[(2 * root) + 1]);
                int at = (4 * q) - 2;
                evenReal += cos * sums[at];
                evenImaginary += cos * sums[at + 1];
                oddReal += sin * sums[at + 2];
                oddImaginary += sin * sums[at + 3];
            }

            (first[k * step], first[(k * step) + 1]) = (evenReal + oddImaginary, evenImaginary - oddReal);
            (first[(radix - k) * step], first[((radix - k) * step) + 1]) = (evenReal - oddImaginary, evenImaginary + oddReal);
            totalReal += sums[(4 * k) - 2];
            totalImaginary += sums[(4 * k) - 1];
        }

        (first[0], first[1]) = (totalReal, totalImaginary);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mingling.Training.Encoders.Kernels;

/// <summary>Sums of shifted rows, from which convolutions are made.</summary>
internal static class TapSum
{
    /// <summary>Values of a vector, and those that are computed together.</summary>
    public const int Lanes = 8, Block = 4 * Lanes;

    /// <summary>output[c] = Σ taps[i] · values[c + offsets[i]]. Where a row is no multiple of eight, the last vector overlaps the one before it.</summary>
    /// <remarks>Optimised at once: a short training would be over before the runtime finds out that this is where the time goes.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(ReadOnlySpan<float> values, ReadOnlySpan<float> taps, int[] offsets, Span<float> output)
    {
        ref float source = ref MemoryMarshal.GetReference(values), target = ref MemoryMarshal.GetReference(output);
        int column = 0;
        for (; column <= output.Length - Block; column += Block)
        {
            var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            for (int i = 0; i < taps.Length; i++)
            {
                nuint from = (nuint)(offsets[i] + column);
                var tap = Vector256.Create(taps[i]);
                a = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref source, from), a);
                b = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref source, from + Lanes), b);
                c = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref source, from + 2 * Lanes), c);
                d = Vector256.FusedMultiplyAdd(tap, Vector256.LoadUnsafe(ref source, from + 3 * Lanes), d);
            }
            a.StoreUnsafe(ref target, (nuint)column);
            b.StoreUnsafe(ref target, (nuint)(column + Lanes));
            c.StoreUnsafe(ref target, (nuint)(column + 2 * Lanes));
            d.StoreUnsafe(ref target, (nuint)(column + 3 * Lanes));
        }
        if (output.Length < Lanes)
        {
            for (; column < output.Length; column++)
            {
                float single = 0;
                for (int i = 0; i < taps.Length; i++) single = float.FusedMultiplyAdd(taps[i], values[offsets[i] + column], single);
                output[column] = single;
            }
        }
        while (column < output.Length)
        {
            int at = Math.Min(column, output.Length - Lanes);
            var sum = Vector256<float>.Zero;
            for (int i = 0; i < taps.Length; i++)
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(taps[i]), Vector256.LoadUnsafe(ref source, (nuint)(offsets[i] + at)), sum);
            sum.StoreUnsafe(ref target, (nuint)at);
            column = at + Lanes;
        }
    }
}

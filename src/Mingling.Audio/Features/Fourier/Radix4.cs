using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>The pass that joins four transforms into one: two passes of radix 2 with a quarter fewer multiplications.</summary>
internal static class Radix4
{
    public static void Run<TLane>(Span<TLane> work, int points, FftStage stage)
        where TLane : unmanaged, ILane<TLane>
    {
        nint spacing = stage.Spacing, step = 2 * spacing;
        for (nint block = 0; block < points; block += 4 * spacing)
        {
            ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(work), 2 * block);
            ref float twiddle = ref MemoryMarshal.GetArrayDataReference(stage.Twiddles);
            ref var b = ref Unsafe.Add(ref first, step);
            ref var c = ref Unsafe.Add(ref b, step);
            ref var d = ref Unsafe.Add(ref c, step);
            Join(ref first, step, b, Unsafe.Add(ref b, 1), c, Unsafe.Add(ref c, 1), d, Unsafe.Add(ref d, 1));
            for (nint j = 1; j < spacing; j++)
            {
                ref var a = ref Unsafe.Add(ref first, 2 * j);
                b = ref Unsafe.Add(ref a, step);
                Twiddle.Turn(ref b, ref twiddle, out var br, out var bi);
                c = ref Unsafe.Add(ref b, step);
                Twiddle.Turn(ref c, ref Unsafe.Add(ref twiddle, 2), out var cr, out var ci);
                d = ref Unsafe.Add(ref c, step);
                Twiddle.Turn(ref d, ref Unsafe.Add(ref twiddle, 4), out var dr, out var di);
                Join(ref a, step, br, bi, cr, ci, dr, di);
                twiddle = ref Unsafe.Add(ref twiddle, 6);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join<TLane>(ref TLane a, nint step, TLane br, TLane bi, TLane cr, TLane ci, TLane dr, TLane di)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane ar = a, ai = Unsafe.Add(ref a, 1);
        TLane evenSumR = ar + cr, evenSumI = ai + ci, evenDifferenceR = ar - cr, evenDifferenceI = ai - ci;
        TLane oddSumR = br + dr, oddSumI = bi + di, oddDifferenceR = br - dr, oddDifferenceI = bi - di;
        a = evenSumR + oddSumR;
        Unsafe.Add(ref a, 1) = evenSumI + oddSumI;
        a = ref Unsafe.Add(ref a, step);
        a = evenDifferenceR + oddDifferenceI;
        Unsafe.Add(ref a, 1) = evenDifferenceI - oddDifferenceR;
        a = ref Unsafe.Add(ref a, step);
        a = evenSumR - oddSumR;
        Unsafe.Add(ref a, 1) = evenSumI - oddSumI;
        a = ref Unsafe.Add(ref a, step);
        a = evenDifferenceR - oddDifferenceI;
        Unsafe.Add(ref a, 1) = evenDifferenceI + oddDifferenceR;
    }
}

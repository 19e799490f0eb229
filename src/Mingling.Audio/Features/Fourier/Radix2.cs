using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>The pass that joins two transforms into one.</summary>
internal static class Radix2
{
    public static void Run<TLane>(Span<TLane> work, int points, FftStage stage)
        where TLane : unmanaged, ILane<TLane>
    {
        nint spacing = stage.Spacing;
        for (nint block = 0; block < points; block += 2 * spacing)
        {
            ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(work), 2 * block);
            ref float twiddle = ref MemoryMarshal.GetArrayDataReference(stage.Twiddles);
            Join(ref first, ref Unsafe.Add(ref first, 2 * spacing), Unsafe.Add(ref first, 2 * spacing), Unsafe.Add(ref first, (2 * spacing) + 1));
            for (nint j = 1; j < spacing; j++)
            {
                ref var a = ref Unsafe.Add(ref first, 2 * j);
                ref var b = ref Unsafe.Add(ref a, 2 * spacing);
                Twiddle.Turn(ref b, ref twiddle, out var br, out var bi);
                Join(ref a, ref b, br, bi);
                twiddle = ref Unsafe.Add(ref twiddle, 2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join<TLane>(ref TLane a, ref TLane b, TLane br, TLane bi)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane ar = a, ai = Unsafe.Add(ref a, 1);
        a = ar + br;
        Unsafe.Add(ref a, 1) = ai + bi;
        b = ar - br;
        Unsafe.Add(ref b, 1) = ai - bi;
    }
}

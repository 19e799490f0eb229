using System.Runtime.CompilerServices;

namespace Mingling.Audio;

/// <summary>Turns a complex point by a root of unity.</summary>
internal static class Twiddle
{
    /// <summary>(real + i imaginary) = point · (cos − i sin), cosine and sine lying one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn<TLane>(ref TLane point, ref float cosSin, out TLane real, out TLane imaginary)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane re = point, im = Unsafe.Add(ref point, 1);
        TLane cos = TLane.Broadcast(cosSin), sin = TLane.Broadcast(Unsafe.Add(ref cosSin, 1));
        real = (re * cos) + (im * sin);
        imaginary = (im * cos) - (re * sin);
    }
}

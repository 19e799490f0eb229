using System.Runtime.InteropServices;

namespace Mingling.Recognition.Inference;

/// <summary>
/// Memory that native code may keep the address of. It begins at a multiple of 64 bytes, because sums are vectorised from there on:
/// elsewhere the same input would give other last bits from one session to the next.
/// </summary>
internal static class AlignedMemory
{
    private const int Alignment = 64;

    public static Memory<float> Allocate(int length)
    {
        float[] pinned = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        int before = (int)(-address & (Alignment - 1)) / sizeof(float);
        return pinned.AsMemory(before, length);
    }
}

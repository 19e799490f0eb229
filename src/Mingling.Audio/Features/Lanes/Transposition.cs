using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mingling.Audio;

/// <summary>Turns rows into columns. Blocks of 8 by 8 stay within registers where the machine has vectors of 8 floats.</summary>
internal static class Transposition
{
    private const int Side = 8;

    /// <summary>destination[column · destinationStride + row] = source[row · sourceStride + column].</summary>
    /// <param name="source">Holds (rows − 1) · sourceStride + columns floats.</param>
    /// <param name="sourceStride">Floats from one row to the next.</param>
    /// <param name="rows">Rows of the source, which may overlap.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="destination">Receives them; holds (columns − 1) · destinationStride + rows floats.</param>
    /// <param name="destinationStride">Floats from one row of the destination to the next, at least <paramref name="rows"/>.</param>
    public static void Apply(ReadOnlySpan<float> source, int sourceStride, int rows, int columns, Span<float> destination, int destinationStride)
    {
        if (rows == 0 || columns == 0) return;
        _ = source[((rows - 1) * sourceStride) + columns - 1];
        _ = destination[((columns - 1) * destinationStride) + rows - 1];
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int wholeRows = Avx.IsSupported ? rows - (rows % Side) : 0, wholeColumns = columns - (columns % Side);
        for (int row = 0; row < wholeRows; row += Side)
        {
            for (int column = 0; column < wholeColumns; column += Side)
                Block(ref Unsafe.Add(ref from, (row * sourceStride) + column), sourceStride, ref Unsafe.Add(ref to, (column * destinationStride) + row), destinationStride);
            Plain(ref from, sourceStride, row, row + Side, wholeColumns, columns, ref to, destinationStride);
        }
        Plain(ref from, sourceStride, wholeRows, rows, 0, columns, ref to, destinationStride);
    }

    private static void Plain(ref float from, int fromStride, int row, int endRow, int firstColumn, int endColumn, ref float to, int toStride)
    {
        for (; row < endRow; row++)
        {
            for (int column = firstColumn; column < endColumn; column++)
                Unsafe.Add(ref to, (column * toStride) + row) = Unsafe.Add(ref from, (row * fromStride) + column);
        }
    }

    /// <summary>Pairs of rows are interleaved, then pairs of pairs, then the halves of the vectors change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref float from, nint fromStride, ref float to, nint toStride)
    {
        Vector256<float> r0 = Row(ref from, 0), r1 = Row(ref from, fromStride), r2 = Row(ref from, 2 * fromStride), r3 = Row(ref from, 3 * fromStride);
        Vector256<float> r4 = Row(ref from, 4 * fromStride), r5 = Row(ref from, 5 * fromStride), r6 = Row(ref from, 6 * fromStride), r7 = Row(ref from, 7 * fromStride);
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        const byte lows = 0b01_00_01_00, highs = 0b11_10_11_10, lowers = 0x20, uppers = 0x31;
        Vector256<float> b0 = Avx.Shuffle(a0, a2, lows), b1 = Avx.Shuffle(a0, a2, highs), b2 = Avx.Shuffle(a1, a3, lows), b3 = Avx.Shuffle(a1, a3, highs);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, lows), b5 = Avx.Shuffle(a4, a6, highs), b6 = Avx.Shuffle(a5, a7, lows), b7 = Avx.Shuffle(a5, a7, highs);
        Avx.Permute2x128(b0, b4, lowers).StoreUnsafe(ref to);
        Avx.Permute2x128(b1, b5, lowers).StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        Avx.Permute2x128(b2, b6, lowers).StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        Avx.Permute2x128(b3, b7, lowers).StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
        Avx.Permute2x128(b0, b4, uppers).StoreUnsafe(ref Unsafe.Add(ref to, 4 * toStride));
        Avx.Permute2x128(b1, b5, uppers).StoreUnsafe(ref Unsafe.Add(ref to, 5 * toStride));
        Avx.Permute2x128(b2, b6, uppers).StoreUnsafe(ref Unsafe.Add(ref to, 6 * toStride));
        Avx.Permute2x128(b3, b7, uppers).StoreUnsafe(ref Unsafe.Add(ref to, 7 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row(ref float from, nint at) => Vector256.LoadUnsafe(ref Unsafe.Add(ref from, at));
}

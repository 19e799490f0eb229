using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// Squared Euclidean distances of a block of queries to all rows of a gallery. Differences are formed before squaring, so that
/// duplicates are at distance exactly 0 and nothing cancels, which ‖a‖² + ‖b‖² − 2ab does not give.
/// </summary>
internal static class DistanceBlock
{
    /// <summary>Rows of a tile: four queries against two rows keep eight sums and their operands in sixteen vector registers.</summary>
    internal const int TileRows = 4;

    private const int GalleryRowsInCache = 128;

    /// <summary>Fills distances[q, row] for the queries first … first + count − 1.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="first">The first query of the block, a multiple of <see cref="TileRows"/>.</param>
    /// <param name="count">The number of queries.</param>
    /// <param name="gallery">The rows to compare with, of the same dimension.</param>
    /// <param name="distances">The result, [count, gallery.Count].</param>
    internal static void Fill<T>(PaddedRows<T> queries, int first, int count, PaddedRows<T> gallery, Span<T> distances)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> tile = stackalloc T[TileRows * 2];
        for (int from = 0; from < gallery.Count; from += GalleryRowsInCache)
        {
            int to = Math.Min(gallery.Count, from + GalleryRowsInCache);
            for (int q = 0; q < count; q += TileRows)
            {
                for (int row = from; row < to; row += 2)
                {
                    FourByTwo(queries, first + q, gallery, row, tile);
                    for (int i = 0; i < TileRows && q + i < count; i++)
                    {
                        for (int j = 0; j < 2 && row + j < to; j++) distances[(q + i) * gallery.Count + row + j] = tile[i * 2 + j];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByTwo<T>(PaddedRows<T> queries, int query, PaddedRows<T> gallery, int row, Span<T> tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = queries.Stride;
        ref var q = ref Unsafe.As<T, Vector<T>>(ref queries.Values[query * stride]);
        ref var g = ref Unsafe.As<T, Vector<T>>(ref gallery.Values[row * stride]);
        int n = stride / Vector<T>.Count;
        Vector<T> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        for (int k = 0; k < n; k++)
        {
            var g0 = Unsafe.Add(ref g, k);
            var g1 = Unsafe.Add(ref g, n + k);
            var x = Unsafe.Add(ref q, k);
            s00 = AddSquare(s00, x - g0);
            s01 = AddSquare(s01, x - g1);
            x = Unsafe.Add(ref q, n + k);
            s10 = AddSquare(s10, x - g0);
            s11 = AddSquare(s11, x - g1);
            x = Unsafe.Add(ref q, 2 * n + k);
            s20 = AddSquare(s20, x - g0);
            s21 = AddSquare(s21, x - g1);
            x = Unsafe.Add(ref q, 3 * n + k);
            s30 = AddSquare(s30, x - g0);
            s31 = AddSquare(s31, x - g1);
        }
        tile[0] = Vector.Sum(s00);
        tile[1] = Vector.Sum(s01);
        tile[2] = Vector.Sum(s10);
        tile[3] = Vector.Sum(s11);
        tile[4] = Vector.Sum(s20);
        tile[5] = Vector.Sum(s21);
        tile[6] = Vector.Sum(s30);
        tile[7] = Vector.Sum(s31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> AddSquare<T>(Vector<T> sum, Vector<T> difference) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector.MultiplyAddEstimate(difference.As<T, float>(), difference.As<T, float>(), sum.As<T, float>()).As<float, T>();
        if (typeof(T) == typeof(double))
            return Vector.MultiplyAddEstimate(difference.As<T, double>(), difference.As<T, double>(), sum.As<T, double>()).As<double, T>();
        return sum + difference * difference;
    }
}

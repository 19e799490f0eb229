using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>From the slopes ∂value/∂s of each anchor to the gradient of the unit rows: G = (W S + (W S)ᵀ) U with the weights W of the anchors.</summary>
internal static class SymmetricSlopes
{
    private const int Tile = 8, Band = 32;

    /// <summary>Below a share of one in so many, rows are added one by one instead of multiplying the whole matrix.</summary>
    private const int Sparse = 8;

    /// <summary>∂L/∂u, [B, D], inside a dispose scope.</summary>
    /// <param name="slopes">S, float32 [B, B], contiguous; overwritten.</param>
    /// <param name="weights">W, float32 [B], contiguous.</param>
    /// <param name="units">U, float32 [B, D], contiguous.</param>
    public static Tensor Gradient(Tensor slopes, Tensor weights, Tensor units)
    {
        int count = (int)slopes.shape[0];
        long filled = Symmetrize(slopes, weights, count);
        return filled * Sparse < (long)count * count ? AddRows(slopes, units, count) : mm(slopes, units);
    }

    /// <summary>S ← W S + (W S)ᵀ, in tiles; returns the number of places that are not 0.</summary>
    private static long Symmetrize(Tensor slopes, Tensor weights, int count)
    {
        long filled = 0;
        int bands = (count + Band - 1) / Band;
        RowThreads.For((bands + 1) / 2, (first, end) =>
        {
            long own = 0;
            for (int pair = first; pair < end; pair++)
            {
                own += OfBand(pair);
                // A band near the end is as short as one near the beginning is long.
                if (bands - 1 - pair != pair) own += OfBand(bands - 1 - pair);
            }
            Interlocked.Add(ref filled, own);
        }, least: 2);
        return filled;

        long OfBand(int band)
        {
            Span<float> s = UnitRows.Floats(slopes), w = UnitRows.Floats(weights);
            long places = 0;
            int last = Math.Min(count, (band + 1) * Band);
            for (int i = band * Band; i < last; i += Tile)
                for (int j = i; j < count; j += Tile)
                    places += i + Tile <= count && j + Tile <= count && Avx.IsSupported ? OfTile(s, w, count, i, j) : OfPlaces(s, w, count, i, j);
            return places;
        }
    }

    private static long OfPlaces(Span<float> s, Span<float> w, int count, int top, int left)
    {
        long places = 0;
        for (int i = top; i < Math.Min(count, top + Tile); i++)
            for (int j = Math.Max(i, left); j < Math.Min(count, left + Tile); j++)
            {
                float both = (s[(i * count) + j] * w[i]) + (s[(j * count) + i] * w[j]);
                s[(i * count) + j] = s[(j * count) + i] = both;
                if (both != 0) places += i == j ? 1 : 2;
            }
        return places;
    }

    private static long OfTile(Span<float> s, Span<float> w, int count, int top, int left)
    {
        Span<Vector256<float>> upper = stackalloc Vector256<float>[Tile], lower = stackalloc Vector256<float>[Tile];
        long places = 0;
        for (int i = 0; i < Tile; i++) upper[i] = Vector256.Create<float>(s.Slice(((top + i) * count) + left, Tile)) * w[top + i];
        for (int j = 0; j < Tile; j++) lower[j] = Vector256.Create<float>(s.Slice(((left + j) * count) + top, Tile)) * w[left + j];
        Transpose(lower);
        for (int i = 0; i < Tile; i++)
        {
            upper[i] += lower[i];
            upper[i].CopyTo(s.Slice(((top + i) * count) + left, Tile));
            places += Tile - int.PopCount((int)Vector256.Equals(upper[i], Vector256<float>.Zero).ExtractMostSignificantBits());
        }
        if (top == left) return places;
        Transpose(upper);
        for (int j = 0; j < Tile; j++) upper[j].CopyTo(s.Slice(((left + j) * count) + top, Tile));
        return 2 * places;
    }

    private static void Transpose(Span<Vector256<float>> m)
    {
        Vector256<float> a = Avx.UnpackLow(m[0], m[1]), b = Avx.UnpackHigh(m[0], m[1]), c = Avx.UnpackLow(m[2], m[3]), d = Avx.UnpackHigh(m[2], m[3]);
        Vector256<float> e = Avx.UnpackLow(m[4], m[5]), f = Avx.UnpackHigh(m[4], m[5]), g = Avx.UnpackLow(m[6], m[7]), h = Avx.UnpackHigh(m[6], m[7]);
        Vector256<float> i = Avx.Shuffle(a, c, 0x44), j = Avx.Shuffle(a, c, 0xEE), k = Avx.Shuffle(b, d, 0x44), l = Avx.Shuffle(b, d, 0xEE);
        Vector256<float> n = Avx.Shuffle(e, g, 0x44), o = Avx.Shuffle(e, g, 0xEE), p = Avx.Shuffle(f, h, 0x44), q = Avx.Shuffle(f, h, 0xEE);
        (m[0], m[1], m[2], m[3]) = (Avx.Permute2x128(i, n, 0x20), Avx.Permute2x128(j, o, 0x20), Avx.Permute2x128(k, p, 0x20), Avx.Permute2x128(l, q, 0x20));
        (m[4], m[5], m[6], m[7]) = (Avx.Permute2x128(i, n, 0x31), Avx.Permute2x128(j, o, 0x31), Avx.Permute2x128(k, p, 0x31), Avx.Permute2x128(l, q, 0x31));
    }

    private static Tensor AddRows(Tensor slopes, Tensor units, int count)
    {
        var gradient = zeros_like(units);
        int width = (int)units.shape[1];
        RowThreads.For(count, (first, end) =>
        {
            Span<float> s = UnitRows.Floats(slopes), u = UnitRows.Floats(units), g = UnitRows.Floats(gradient);
            for (int i = first; i < end; i++)
            {
                var target = g.Slice(i * width, width);
                var row = s.Slice(i * count, count);
                int j = 0;
                for (; j <= count - Tile; j += Tile)
                {
                    uint filled = ~Vector256.Equals(Vector256.Create<float>(row[j..]), Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF;
                    for (; filled != 0; filled &= filled - 1) AddRow(j + BitOperations.TrailingZeroCount(filled), row, u, target);
                }
                for (; j < count; j++) if (row[j] != 0) AddRow(j, row, u, target);
            }
        });
        return gradient;

        void AddRow(int j, ReadOnlySpan<float> row, ReadOnlySpan<float> u, Span<float> target) => UnitRows.Add(u.Slice(j * width, width), row[j], target);
    }
}

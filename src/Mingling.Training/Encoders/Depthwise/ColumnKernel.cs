using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mingling.Training.Encoders.Kernels;

namespace Mingling.Training.Encoders.Depthwise;

/// <summary>
/// A depthwise convolution over the rows alone, as over frequency: nothing is shifted within a row, so that no zeros are needed beside it, and rows that see
/// the whole kernel are computed as one long row.
/// </summary>
internal sealed class ColumnKernel(DepthwiseShape shape) : IDepthwiseKernel
{
    private const int Lanes = TapSum.Lanes;

    private readonly float[] _taps = new float[shape.Taps];
    private readonly int[] _offsets = new int[shape.Taps];

    public void Forward(ReadOnlySpan<float> plane, ReadOnlySpan<float> taps, Span<float> output)
    {
        var y = shape.Y;
        for (int row = 0, rows; row < shape.OutHeight; row += rows)
        {
            int count = 0, start = row * y.Stride - y.Padding;
            for (int tap = 0; tap < taps.Length; tap++)
                if (start + tap * y.Dilation is var from && from >= 0 && from < shape.Height) Take(ref count, from, taps[tap]);
            // Further rows that see the whole kernel too.
            rows = y.Stride == 1 && count == taps.Length ? shape.Height - y.Reach - start : 1;
            Sum(plane, output.Slice(row * shape.Width, rows * shape.Width), count);
        }
    }

    public void BackwardInput(ReadOnlySpan<float> gradient, ReadOnlySpan<float> taps, Span<float> input)
    {
        var y = shape.Y;
        for (int row = 0, rows; row < shape.Height; row += rows)
        {
            int count = 0;
            for (int tap = 0; tap < taps.Length; tap++)
            {
                int from = row + y.Padding - tap * y.Dilation;
                if (from >= 0 && from % y.Stride == 0 && from / y.Stride < shape.OutHeight) Take(ref count, from / y.Stride, taps[tap]);
            }
            rows = y.Stride == 1 && count == taps.Length ? shape.OutHeight - (row + y.Padding) : 1;
            Sum(gradient, input.Slice(row * shape.Width, rows * shape.Width), count);
        }
    }

    public void BackwardTaps(ReadOnlySpan<float> plane, ReadOnlySpan<float> gradient, Span<double> taps)
    {
        var y = shape.Y;
        for (int tap = 0; tap < taps.Length; tap++)
        {
            int shift = tap * y.Dilation - y.Padding;
            for (int row = 0, rows; row < shape.OutHeight; row += rows)
            {
                rows = 1;
                int from = row * y.Stride + shift;
                if (from < 0 || from >= shape.Height) continue;
                if (y.Stride == 1) rows = Math.Min(shape.OutHeight - row, shape.Height - from);
                int length = rows * shape.Width;
                taps[tap] += Product(plane.Slice(from * shape.Width, length), gradient.Slice(row * shape.Width, length));
            }
        }
    }

    private void Take(ref int count, int row, float tap) => (_offsets[count], _taps[count++]) = (row * shape.Width, tap);

    private void Sum(ReadOnlySpan<float> rows, Span<float> output, int count)
    {
        if (count == 0) output.Clear();
        else TapSum.Row(rows, _taps.AsSpan(0, count), _offsets, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Product(ReadOnlySpan<float> x, ReadOnlySpan<float> gradient)
    {
        ref float source = ref MemoryMarshal.GetReference(x), slope = ref MemoryMarshal.GetReference(gradient);
        var (first, second) = (Vector256<float>.Zero, Vector256<float>.Zero);
        int i = 0;
        for (; i <= x.Length - 2 * Lanes; i += 2 * Lanes)
        {
            first = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref source, (nuint)i), Vector256.LoadUnsafe(ref slope, (nuint)i), first);
            second = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref source, (nuint)(i + Lanes)), Vector256.LoadUnsafe(ref slope, (nuint)(i + Lanes)), second);
        }
        float sum = Vector256.Sum(first + second);
        for (; i < x.Length; i++) sum += x[i] * gradient[i];
        return sum;
    }
}

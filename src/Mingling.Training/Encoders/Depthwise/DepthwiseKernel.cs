using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mingling.Training.Encoders.Kernels;

namespace Mingling.Training.Encoders.Depthwise;

/// <summary>
/// A depthwise convolution of planes and its gradients, in vectors of eight values on one plane at a time, which fits into the first-level cache.
/// Rows are as long as the clip has frames, so that the vectors lie along time. Planes do not depend on each other: the result is the same for
/// any order of them.
/// </summary>
internal sealed class DepthwiseKernel : IDepthwiseKernel
{
    private const int Lanes = TapSum.Lanes;

    private readonly DepthwiseShape _shape;
    private readonly PaddedPlane _input, _gradient, _flatGradient;
    private readonly int[] _inputOffsets, _gradientOffsets;
    private readonly float[] _row, _flipped;

    public DepthwiseKernel(DepthwiseShape shape)
    {
        _shape = shape;
        var (y, x) = (shape.Y, shape.X);
        int reachedHeight = (shape.OutHeight - 1) * y.Stride + y.Reach + 1, reachedWidth = (shape.OutWidth - 1) * x.Stride + x.Reach + 1;
        _input = new PaddedPlane(Math.Max(shape.Height + 2 * y.Padding, reachedHeight), Math.Max(shape.Width + 2 * x.Padding, reachedWidth));
        _gradient = new PaddedPlane(shape.Height + y.Reach, shape.Width + x.Reach);
        _flatGradient = new PaddedPlane(shape.OutHeight, (shape.OutWidth - 1) * x.Stride + 1);
        _inputOffsets = Offsets(_input.Pitch);
        _gradientOffsets = Offsets(_gradient.Pitch);
        _row = new float[Math.Max((shape.OutWidth - 1) * x.Stride + 1, shape.Width) + TapSum.Block];
        _flipped = new float[shape.Taps];
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> plane, ReadOnlySpan<float> taps, Span<float> output)
    {
        _input.Fill(plane, _shape.Width, _shape.Y.Padding, _shape.X.Padding);
        Correlate(_input, taps, _inputOffsets, output, _shape.OutHeight, _shape.OutWidth, _shape.Y.Stride, _shape.X.Stride);
    }

    /// <inheritdoc/>
    public void BackwardInput(ReadOnlySpan<float> gradient, ReadOnlySpan<float> taps, Span<float> input)
    {
        var (y, x) = (_shape.Y, _shape.X);
        _gradient.Fill(gradient, _shape.OutWidth, y.Reach - y.Padding, x.Reach - x.Padding, y.Stride, x.Stride);
        for (int i = 0; i < taps.Length; i++) _flipped[i] = taps[^(i + 1)];
        Correlate(_gradient, _flipped, _gradientOffsets, input, _shape.Height, _shape.Width, 1, 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BackwardTaps(ReadOnlySpan<float> plane, ReadOnlySpan<float> gradient, Span<double> taps)
    {
        var (y, x) = (_shape.Y, _shape.X);
        _input.Fill(plane, _shape.Width, y.Padding, x.Padding);
        _flatGradient.Fill(gradient, _shape.OutWidth, 0, 0, 1, x.Stride);
        ref float source = ref MemoryMarshal.GetReference(_input.Values), weights = ref MemoryMarshal.GetReference(_flatGradient.Values);
        int columns = (_shape.OutWidth - 1) * x.Stride + 1;
        for (int tap = 0; tap < taps.Length; tap++)
        {
            var (first, second) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (int row = 0; row < _shape.OutHeight; row++)
            {
                nuint from = (nuint)(row * y.Stride * _input.Pitch + _inputOffsets[tap]), at = (nuint)(row * _flatGradient.Pitch);
                for (int i = 0; i < columns; i += 2 * Lanes, from += 2 * Lanes, at += 2 * Lanes)
                {
                    first = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref source, from), Vector256.LoadUnsafe(ref weights, at), first);
                    second = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref source, from + Lanes), Vector256.LoadUnsafe(ref weights, at + Lanes), second);
                }
            }
            taps[tap] += Vector256.Sum(first + second);
        }
    }

    /// <summary>out[r, c] = Σ taps[i] · plane[r · strideY, c · strideX + offsets[i]].</summary>
    private void Correlate(
        PaddedPlane plane, ReadOnlySpan<float> taps, int[] offsets, Span<float> output, int rows, int columns, int strideY, int strideX)
    {
        int dense = (columns - 1) * strideX + 1;
        for (int row = 0; row < rows; row++)
        {
            var from = plane.Values[(row * strideY * plane.Pitch)..];
            var to = output.Slice(row * columns, columns);
            if (strideX == 1 && columns >= Lanes)
            {
                TapSum.Row(from, taps, offsets, to);
                continue;
            }
            TapSum.Row(from, taps, offsets, _row.AsSpan(0, Math.Max(dense, Lanes)));
            for (int i = 0; i < columns; i++) to[i] = _row[i * strideX];
        }
    }

    private int[] Offsets(int pitch)
    {
        var (y, x) = (_shape.Y, _shape.X);
        return [.. from row in Enumerable.Range(0, y.Kernel) from column in Enumerable.Range(0, x.Kernel) select row * y.Dilation * pitch + column * x.Dilation];
    }
}

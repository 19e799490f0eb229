using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders.Kernels;

/// <summary>
/// A 1x1 convolution between few channels, x [B, from, n] with weight [to, from], and its gradient. Where channels are 8 to 32, libtorch's gradient takes several
/// times as long (docs/encoders.md).
/// </summary>
internal sealed class PointwiseFunction : autograd.SingleTensorFunction<PointwiseFunction>
{
    // Columns that are computed together: those of all channels fit into the first-level cache.
    private const int Lanes = 8, Columns = 256;

    public override string Name => nameof(PointwiseFunction);

    /// <summary>[B, from, n] → [B, to, n], inside a dispose scope; both contiguous.</summary>
    public static Tensor Mix(Tensor x, Tensor weight) => apply(x, weight);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([x, weight]);
        var y = empty(x.shape[0], weight.shape[0], x.shape[2]);
        Mix(x, weight, y);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var saved = ctx.get_saved_variables();
        var (x, weight, gradient) = (saved[0], saved[1], grad_output.contiguous());
        var (ofInput, ofWeight) = (empty(x.shape), empty(weight.shape));
        Mix(gradient, weight.t().contiguous(), ofInput);
        var (clips, from, to, columns) = ((int)x.shape[0], (int)weight.shape[1], (int)weight.shape[0], (int)x.shape[2]);
        Planes.Split(to, (first, last) =>
        {
            ReadOnlySpan<float> rows = Planes.Values(x), slopes = Planes.Values(gradient);
            var result = Planes.Values(ofWeight);
            double[] sums = new double[from];
            for (int channel = first; channel < last; channel++)
            {
                Array.Clear(sums);
                for (int clip = 0; clip < clips; clip++)
                    Products(rows.Slice(clip * from * columns, from * columns), slopes.Slice((clip * to + channel) * columns, columns), sums);
                for (int i = 0; i < from; i++) result[channel * from + i] = (float)sums[i];
            }
        });
        return [ofInput.MoveToOuterDisposeScope(), ofWeight.MoveToOuterDisposeScope()];
    }

    private static void Mix(Tensor x, Tensor weight, Tensor y)
    {
        var (clips, from, to, columns) = ((int)x.shape[0], (int)weight.shape[1], (int)weight.shape[0], (int)x.shape[2]);
        int[] offsets = [.. Enumerable.Range(0, from).Select(i => i * columns)];
        Planes.Split(clips, (first, last) =>
        {
            ReadOnlySpan<float> rows = Planes.Values(x), weights = Planes.Values(weight);
            var result = Planes.Values(y);
            for (int clip = first; clip < last; clip++)
            {
                var source = rows.Slice(clip * from * columns, from * columns);
                for (int column = 0; column < columns; column += Columns)
                    for (int channel = 0; channel < to; channel++)
                        TapSum.Row(source[column..], weights.Slice(channel * from, from), offsets,
                            result.Slice((clip * to + channel) * columns + column, Math.Min(Columns, columns - column)));
            }
        });
    }

    /// <summary>Adds the products of a row with each row of a matrix; four rows of it at once, so that the row is read once for four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products(ReadOnlySpan<float> matrix, ReadOnlySpan<float> row, double[] sums)
    {
        ref float source = ref MemoryMarshal.GetReference(matrix), slope = ref MemoryMarshal.GetReference(row);
        int columns = row.Length, whole = columns - columns % Lanes, channel = 0;
        for (; channel <= sums.Length - 4; channel += 4)
        {
            var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            for (int i = 0; i < whole; i += Lanes)
            {
                var g = Vector256.LoadUnsafe(ref slope, (nuint)i);
                a = Vector256.FusedMultiplyAdd(g, Vector256.LoadUnsafe(ref source, (nuint)(channel * columns + i)), a);
                b = Vector256.FusedMultiplyAdd(g, Vector256.LoadUnsafe(ref source, (nuint)((channel + 1) * columns + i)), b);
                c = Vector256.FusedMultiplyAdd(g, Vector256.LoadUnsafe(ref source, (nuint)((channel + 2) * columns + i)), c);
                d = Vector256.FusedMultiplyAdd(g, Vector256.LoadUnsafe(ref source, (nuint)((channel + 3) * columns + i)), d);
            }
            sums[channel] += Vector256.Sum(a);
            sums[channel + 1] += Vector256.Sum(b);
            sums[channel + 2] += Vector256.Sum(c);
            sums[channel + 3] += Vector256.Sum(d);
        }
        for (; channel < sums.Length; channel++)
        {
            var sum = Vector256<float>.Zero;
            for (int i = 0; i < whole; i += Lanes)
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref slope, (nuint)i), Vector256.LoadUnsafe(ref source, (nuint)(channel * columns + i)), sum);
            sums[channel] += Vector256.Sum(sum);
        }
        for (int i = whole; i < columns; i++)
            for (channel = 0; channel < sums.Length; channel++) sums[channel] += row[i] * matrix[channel * columns + i];
    }
}

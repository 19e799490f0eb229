using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders.Kernels;

/// <summary>
/// ReLU(a + f [+ x]) with a, x [B, C, F, T] and f [B, C, 1, T] added to every bin: one pass over the values, and one for the gradient, where separate
/// operations take three and four.
/// </summary>
internal sealed class BroadcastSum : autograd.MultiTensorFunction<BroadcastSum>
{
    private const int Lanes = 8;
    private const string Count = "count";

    public override string Name => nameof(BroadcastSum);

    /// <summary>The sum, inside a dispose scope.</summary>
    /// <param name="a">[B, C, F, T].</param>
    /// <param name="f">[B, C, 1, T].</param>
    /// <param name="x">[B, C, F, T], or null.</param>
    public static Tensor Compute(Tensor a, Tensor f, Tensor? x) => (x is null ? apply(a, f) : apply(a, f, x))[0];

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (a, f, x) = (((Tensor)vars[0]).contiguous(), ((Tensor)vars[1]).contiguous(), vars.Length > 2 ? ((Tensor)vars[2]).contiguous() : null);
        var y = empty(a.shape);
        ctx.save_for_backward([y]);
        ctx.save_data(Count, vars.Length);
        var (bins, frames) = ((int)a.shape[2], (int)a.shape[3]);
        Planes.Split((int)(a.shape[0] * a.shape[1]), (first, last) =>
        {
            ReadOnlySpan<float> local = Planes.Values(a), average = Planes.Values(f), skipped = x is null ? [] : Planes.Values(x);
            var to = Planes.Values(y);
            for (int plane = first; plane < last; plane++)
                for (int bin = 0; bin < bins; bin++)
                {
                    int from = (plane * bins + bin) * frames;
                    Sum(local.Slice(from, frames), average.Slice(plane * frames, frames), skipped.IsEmpty ? [] : skipped.Slice(from, frames), to.Slice(from, frames));
                }
        });
        return [y];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (y, gradient) = (ctx.get_saved_variables()[0], grad_outputs[0].contiguous());
        long[] shape = y.shape;
        var (bins, frames) = ((int)shape[2], (int)shape[3]);
        var (ofLocal, ofAverage) = (empty(shape), zeros(shape[0], shape[1], 1, shape[3]));
        Planes.Split((int)(shape[0] * shape[1]), (first, last) =>
        {
            ReadOnlySpan<float> outputs = Planes.Values(y), slopes = Planes.Values(gradient);
            Span<float> local = Planes.Values(ofLocal), average = Planes.Values(ofAverage);
            for (int plane = first; plane < last; plane++)
                for (int bin = 0; bin < bins; bin++)
                {
                    int from = (plane * bins + bin) * frames;
                    Pass(outputs.Slice(from, frames), slopes.Slice(from, frames), local.Slice(from, frames), average.Slice(plane * frames, frames));
                }
        });
        ofLocal.MoveToOuterDisposeScope();
        // The gradient of x is that of a; autograd adds to neither where both are one tensor.
        return ctx.get_data(Count) is 3 ? [ofLocal, ofAverage.MoveToOuterDisposeScope(), ofLocal] : [ofLocal, ofAverage.MoveToOuterDisposeScope()];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> f, ReadOnlySpan<float> x, Span<float> y)
    {
        ref float first = ref MemoryMarshal.GetReference(a), second = ref MemoryMarshal.GetReference(f), third = ref MemoryMarshal.GetReference(x);
        ref float target = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= y.Length - Lanes; i += Lanes)
        {
            var sum = Vector256.LoadUnsafe(ref first, (nuint)i) + Vector256.LoadUnsafe(ref second, (nuint)i);
            if (!x.IsEmpty) sum += Vector256.LoadUnsafe(ref third, (nuint)i);
            Vector256.Max(sum, Vector256<float>.Zero).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < y.Length; i++) y[i] = MathF.Max(a[i] + f[i] + (x.IsEmpty ? 0 : x[i]), 0);
    }

    /// <summary>Lets the gradient pass where the output is above 0, and adds it up over the bins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(ReadOnlySpan<float> outputs, ReadOnlySpan<float> slopes, Span<float> local, Span<float> average)
    {
        ref float output = ref MemoryMarshal.GetReference(outputs), slope = ref MemoryMarshal.GetReference(slopes);
        ref float target = ref MemoryMarshal.GetReference(local), sum = ref MemoryMarshal.GetReference(average);
        int i = 0;
        for (; i <= local.Length - Lanes; i += Lanes)
        {
            var passed = Vector256.LoadUnsafe(ref slope, (nuint)i) & Vector256.GreaterThan(Vector256.LoadUnsafe(ref output, (nuint)i), Vector256<float>.Zero);
            passed.StoreUnsafe(ref target, (nuint)i);
            (Vector256.LoadUnsafe(ref sum, (nuint)i) + passed).StoreUnsafe(ref sum, (nuint)i);
        }
        for (; i < local.Length; i++)
        {
            local[i] = outputs[i] > 0 ? slopes[i] : 0;
            average[i] += local[i];
        }
    }
}

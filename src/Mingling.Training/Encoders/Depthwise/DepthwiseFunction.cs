using Mingling.Training.Encoders.Kernels;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders.Depthwise;

/// <summary>
/// A depthwise convolution with its own gradient, float32 on the CPU: <see cref="DepthwiseKernel"/> over all planes, on as many threads as libtorch
/// may use. libtorch's own takes several times as long (docs/encoders.md).
/// </summary>
internal sealed class DepthwiseFunction : autograd.SingleTensorFunction<DepthwiseFunction>
{
    private const string ShapeKey = "shape", InputKey = "input";

    public override string Name => nameof(DepthwiseFunction);

    /// <summary>[B, C, H, W] → [B, C, H', W'].</summary>
    public static Tensor Convolve(Tensor x, Tensor weight, DepthwiseShape shape) =>
        is_grad_enabled() && (x.requires_grad || weight.requires_grad) ? apply(x, weight, shape) : Forward(x, weight, shape);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, shape) = ((Tensor)vars[0], (Tensor)vars[1], (DepthwiseShape)vars[2]);
        ctx.save_for_backward([x, weight]);
        ctx.save_data(ShapeKey, shape);
        ctx.save_data(InputKey, x.requires_grad);
        return Forward(x, weight, shape);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var shape = (DepthwiseShape)ctx.get_data(ShapeKey);
        bool wanted = (bool)ctx.get_data(InputKey);
        using var quiet = no_grad();
        var (x, weight, gradient) = (saved[0].contiguous(), saved[1].contiguous(), grad_output.contiguous());
        var (ofInput, ofWeight) = (wanted ? empty(x.shape) : null, empty(weight.shape));
        Planes.Split(shape.Channels, (first, last) =>
        {
            var kernel = IDepthwiseKernel.For(shape);
            double[] taps = new double[shape.Taps];
            // Asking a tensor where its values lie costs more than a small plane.
            ReadOnlySpan<float> planes = Planes.Values(x), kernels = Planes.Values(weight), slopes = Planes.Values(gradient);
            Span<float> toInput = ofInput is null ? [] : Planes.Values(ofInput), toWeight = Planes.Values(ofWeight);
            for (int channel = first; channel < last; channel++)
            {
                var weights = kernels.Slice(channel * shape.Taps, shape.Taps);
                Array.Clear(taps);
                for (int clip = 0; clip < shape.Batch; clip++)
                {
                    int plane = clip * shape.Channels + channel;
                    var slope = slopes.Slice(plane * shape.OutPlane, shape.OutPlane);
                    kernel.BackwardTaps(planes.Slice(plane * shape.Plane, shape.Plane), slope, taps);
                    if (wanted) kernel.BackwardInput(slope, weights, toInput.Slice(plane * shape.Plane, shape.Plane));
                }
                var summed = toWeight.Slice(channel * shape.Taps, shape.Taps);
                for (int i = 0; i < taps.Length; i++) summed[i] = (float)taps[i];
            }
        });
        return [ofInput?.MoveToOuterDisposeScope()!, ofWeight.MoveToOuterDisposeScope(), null!];
    }

    private static Tensor Forward(Tensor x, Tensor weight, DepthwiseShape shape)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (planes, kernels) = (x.contiguous(), weight.contiguous());
        var output = empty(shape.Batch, shape.Channels, shape.OutHeight, shape.OutWidth);
        Planes.Split(shape.Batch * shape.Channels, (first, last) =>
        {
            var kernel = IDepthwiseKernel.For(shape);
            ReadOnlySpan<float> from = Planes.Values(planes), weights = Planes.Values(kernels);
            var to = Planes.Values(output);
            for (int plane = first; plane < last; plane++)
            {
                kernel.Forward(from.Slice(plane * shape.Plane, shape.Plane), weights.Slice(plane % shape.Channels * shape.Taps, shape.Taps),
                    to.Slice(plane * shape.OutPlane, shape.OutPlane));
            }
        });
        return output.MoveToOuterDisposeScope();
    }
}

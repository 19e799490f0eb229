using Mingling.Training.Encoders.Depthwise;
using static TorchSharp.torch;

namespace Mingling.Benchmarks.Encoders;

/// <summary>A depthwise convolution: its input and its kernel.</summary>
/// <param name="Name">Where it occurs.</param>
/// <param name="Clips">B.</param>
/// <param name="Channels">C.</param>
/// <param name="Bins">F.</param>
/// <param name="Frames">T.</param>
/// <param name="Kernel">Over bins and frames.</param>
/// <param name="Dilation">Over frames.</param>
internal sealed record DepthwiseCase(string Name, int Clips, int Channels, int Bins, int Frames, (int Bins, int Frames) Kernel, int Dilation = 1)
{
    public (int Bins, int Frames) Padding => ((Kernel.Bins - 1) / 2, (Kernel.Frames - 1) / 2 * Dilation);
}

/// <summary>Ways to compute the same depthwise convolution, stride 1, with as many outputs as inputs. x [B, C, F, T], weight [C, 1, kf, kt].</summary>
internal static class DepthwiseForms
{
    public static IEnumerable<(string Name, Func<Tensor, Tensor, Tensor> Compute)> Of(DepthwiseCase form)
    {
        long[] padding = [form.Padding.Bins, form.Padding.Frames], dilation = [1, form.Dilation];
        yield return ("libtorch", (x, w) => Conv(x, w, form.Channels));
        yield return ("channels last", (x, w) => Conv(x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2), w, form.Channels));
        if (form.Kernel.Bins == 1)
            yield return ("conv1d", (x, w) => nn.functional.conv1d(x.flatten(2), w.flatten(2), padding: form.Padding.Frames, dilation: form.Dilation, groups: form.Channels).view(x.shape));
        yield return ("dense groups of 4", (x, w) => Conv(x, Spread(w, 4), form.Channels / 4));
        yield return ("dense", (x, w) => Conv(x, Spread(w, form.Channels), 1));
        yield return ("im2col", (x, w) => Im2Col(x, w, form));
        yield return ("shifted multiply-adds", (x, w) => Shifted(x, w, form));
        if (form.Kernel.Frames == 1) yield return ("banded matrices", (x, w) => Banded(x, w, form));
        using var module = new DepthwiseConvolution(form.Channels, form.Kernel, padding: form.Padding, dilation: (1, form.Dilation));
        var shape = new DepthwiseShape(form.Clips, form.Channels, form.Bins, form.Frames,
            new(form.Kernel.Bins, 1, form.Padding.Bins, 1), new(form.Kernel.Frames, 1, form.Padding.Frames, form.Dilation));
        yield return ("own kernel", (x, w) => DepthwiseFunction.Convolve(x, w, shape));

        Tensor Conv(Tensor x, Tensor w, long groups) => nn.functional.conv2d(x, w, strides: [1, 1], padding: padding, dilation: dilation, groups: groups);
    }

    /// <summary>Kernels [C, 1, …] as a convolution in groups of channels, with zeros for the other channels of a group: [C, group, …].</summary>
    private static Tensor Spread(Tensor w, int group)
    {
        long channels = w.shape[0];
        var own = eye(group).repeat(channels / group, 1).view(channels, group, 1, 1);
        return w * own;
    }

    private static Tensor Im2Col(Tensor x, Tensor w, DepthwiseCase form)
    {
        var (bins, frames) = form.Kernel;
        var columns = nn.functional.unfold(x, (bins, frames), dilation: (1, form.Dilation), padding: form.Padding, stride: (1, 1))
            .view(form.Clips, form.Channels, bins * frames, form.Bins * form.Frames);
        return (columns * w.view(1, form.Channels, bins * frames, 1)).sum(new long[] { 2 }).view(x.shape);
    }

    private static Tensor Shifted(Tensor x, Tensor w, DepthwiseCase form)
    {
        var padded = nn.functional.pad(x, [form.Padding.Frames, form.Padding.Frames, form.Padding.Bins, form.Padding.Bins]);
        Tensor? sum = null;
        for (int bin = 0; bin < form.Kernel.Bins; bin++)
            for (int frame = 0; frame < form.Kernel.Frames; frame++)
            {
                var part = padded.narrow(2, bin, form.Bins).narrow(3, frame * form.Dilation, form.Frames);
                var tap = w.select(3, frame).select(2, bin).view(1, -1, 1, 1);
                sum = sum is null ? part * tap : sum.addcmul(part, tap, 1);
            }
        return sum!;
    }

    /// <summary>Over frequency alone: a matrix [F, F] with the kernel along its diagonal for each channel.</summary>
    private static Tensor Banded(Tensor x, Tensor w, DepthwiseCase form)
    {
        var taps = Enumerable.Range(0, form.Kernel.Bins).Select(i => diag(ones(form.Bins - Math.Abs(i - form.Padding.Bins)), i - form.Padding.Bins));
        var bands = stack(taps).view(form.Kernel.Bins, -1);
        return mm(w.flatten(1), bands).view(1, form.Channels, form.Bins, form.Bins).matmul(x);
    }
}

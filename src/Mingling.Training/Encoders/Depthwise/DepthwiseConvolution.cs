using Mingling.Training.Encoders.Kernels;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders.Depthwise;

/// <summary>
/// A depthwise convolution without bias, one kernel for each channel: [B, C, T] or [B, C, F, T], with zeros around the edges. On a CPU it has a
/// kernel of its own, because libtorch's is slow (docs/encoders.md); weights and results are those of libtorch's.
/// </summary>
public sealed class DepthwiseConvolution : nn.Module<Tensor, Tensor>, IPlainConvolution
{
    private readonly Convolution conv;
    private readonly DepthwiseAxis _y, _x;

    /// <summary>Builds a convolution over time, with freshly drawn weights.</summary>
    /// <param name="channels">Channels C.</param>
    /// <param name="kernel">Values of a kernel.</param>
    /// <param name="stride">Frames from one output to the next.</param>
    /// <param name="padding">Zeros at either end, at most (kernel − 1) · dilation.</param>
    /// <param name="dilation">Frames from one value of the kernel to the next.</param>
    public DepthwiseConvolution(int channels, int kernel, int stride = 1, int padding = 0, int dilation = 1) : base(nameof(DepthwiseConvolution))
    {
        (_y, _x) = (new DepthwiseAxis(1, 1, 0, 1), new DepthwiseAxis(kernel, stride, padding, dilation));
        Require(_x);
        conv = nn.Conv1d(channels, channels, kernel, stride: stride, padding: padding, dilation: dilation, groups: channels, bias: false);
        RegisterComponents();
    }

    /// <summary>Builds a convolution over frequency and time, with freshly drawn weights.</summary>
    /// <param name="channels">Channels C.</param>
    /// <param name="kernel">Height and width of a kernel.</param>
    /// <param name="stride">Bins and frames from one output to the next; null for 1 and 1.</param>
    /// <param name="padding">Zeros at either edge, at most (kernel − 1) · dilation; null for none.</param>
    /// <param name="dilation">Bins and frames from one value of the kernel to the next; null for 1 and 1.</param>
    public DepthwiseConvolution(
        int channels, (int Bins, int Frames) kernel, (int Bins, int Frames)? stride = null, (int Bins, int Frames)? padding = null,
        (int Bins, int Frames)? dilation = null) : base(nameof(DepthwiseConvolution))
    {
        var ((bins, frames), (downBins, downFrames), (edgeBins, edgeFrames)) = (kernel, stride ?? (1, 1), padding ?? (0, 0));
        var (wideBins, wideFrames) = dilation ?? (1, 1);
        (_y, _x) = (new DepthwiseAxis(bins, downBins, edgeBins, wideBins), new DepthwiseAxis(frames, downFrames, edgeFrames, wideFrames));
        Require(_y);
        Require(_x);
        conv = nn.Conv2d(channels, channels, ((long)bins, (long)frames), stride: (downBins, downFrames), padding: ((long)edgeBins, (long)edgeFrames),
            dilation: (wideBins, wideFrames), groups: channels, bias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Convolution Plain => conv;

    /// <summary>Whether libtorch computes it, for comparisons.</summary>
    internal bool UsesLibTorch { get; set; }

    /// <summary>Convolves [B, C, T] or [B, C, F, T].</summary>
    /// <exception cref="ArgumentException">The shape is another, or the kernel does not fit into it.</exception>
    public override Tensor forward(Tensor x)
    {
        var weight = conv.weight!;
        if (UsesLibTorch || !Planes.Takes(x, weight)) return conv.call(x);
        if (x.dim() != weight.dim() || x.shape[1] != weight.shape[0])
            throw new ArgumentException($"a depthwise convolution of {weight.shape[0]} channels takes [batch, {weight.shape[0]}, …], not [{string.Join(", ", x.shape)}].", nameof(x));

        using var scope = NewDisposeScope();
        bool flat = x.dim() == 3;
        var planes = flat ? x.unsqueeze(2) : x;
        var shape = new DepthwiseShape((int)planes.shape[0], (int)planes.shape[1], (int)planes.shape[2], (int)planes.shape[3], _y, _x);
        if (planes.shape[2] + 2 * _y.Padding <= _y.Reach || planes.shape[3] + 2 * _x.Padding <= _x.Reach)
            throw new ArgumentException($"a kernel that reaches over {_y.Reach + 1} x {_x.Reach + 1} values does not fit into [{string.Join(", ", x.shape)}].", nameof(x));
        var output = DepthwiseFunction.Convolve(planes, flat ? weight.unsqueeze(2) : weight, shape);
        return (flat ? output.squeeze(2) : output).MoveToOuterDisposeScope();
    }

    private static void Require(DepthwiseAxis axis)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(axis.Kernel, 1, "kernel");
        ArgumentOutOfRangeException.ThrowIfLessThan(axis.Stride, 1, "stride");
        ArgumentOutOfRangeException.ThrowIfLessThan(axis.Dilation, 1, "dilation");
        ArgumentOutOfRangeException.ThrowIfNegative(axis.Padding, "padding");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(axis.Padding, axis.Reach, "padding");
    }
}

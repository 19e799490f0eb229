using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// Layers whose convolutions get their channels filled up with zeros to whole blocks of 16. oneDNN 3.7.1 of libtorch 2.10 computes with
/// blocks of as many channels as vectors have lanes, and on some processors leaves anything that lay in memory in what a last, partial block
/// lacks, which gives wrong values up to NaN; and the gradient of a convolution with a stride is wrong where the input has 3, 5, 7, … blocks,
/// so that these become even (docs/decisions/vector-kernels.md). Zeros of our own cost nothing where oneDNN computes whole blocks in any case.
/// </summary>
public static class WholeBlocks
{
    private const long Block = 16;

    /// <summary>What a layer, or one layer of a sequence after the other, makes of a tensor.</summary>
    public static Tensor Through(this Tensor x, nn.Module<Tensor, Tensor> layer)
    {
        switch (layer)
        {
            case Sequential sequence:
                using (var scope = NewDisposeScope())
                {
                    return sequence.children().Aggregate(x, (present, child) => present.Through((nn.Module<Tensor, Tensor>)child)).MoveToOuterDisposeScope();
                }
            case Convolution { transposed: false, padding_mode: PaddingModes.Zeros, padding: { } padding } convolution and (Conv1d or Conv2d):
                var weight = convolution.weight!;
                int dimensions = (int)weight.dim() - 2;
                if (convolution.groups > 1 || weight.numel() == weight.shape[0] * weight.shape[1]) return convolution.call(x);
                return Convolve(x, weight, convolution.bias, Spread(convolution.stride), Spread(padding), Spread(convolution.dilation));

                long[] Spread(long[] sizes) => sizes.Length == dimensions ? sizes : [.. Enumerable.Repeat(sizes[0], dimensions)];
            default:
                return layer.call(x);
        }
    }

    /// <summary>A convolution of all channels with all.</summary>
    /// <param name="x">[B, from, …], with one or two dimensions behind the channels.</param>
    /// <param name="weight">[to, from, …].</param>
    /// <param name="bias">[to], or null.</param>
    /// <param name="strides">From one output to the next, for each dimension.</param>
    /// <param name="paddings">Zeros at either edge, for each dimension.</param>
    /// <param name="dilations">From one value of the kernel to the next, for each dimension.</param>
    public static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, long[] strides, long[] paddings, long[] dilations)
    {
        long to = weight.shape[0], from = weight.shape[1];
        // A single channel has kernels of its own; the channels of the output count where the gradient goes back through them.
        bool goesBack = x.requires_grad && is_grad_enabled();
        long missingFrom = from == 1 ? 0 : Missing(from, goesBack && from > Block && strides.Any(stride => stride > 1) ? 2 * Block : Block);
        long missingTo = goesBack ? Missing(to, Block) : 0;
        using var scope = NewDisposeScope();
        if (missingFrom > 0) x = nn.functional.pad(x, Before(paddings.Length, 0, missingFrom));
        if (missingFrom > 0 || missingTo > 0) weight = nn.functional.pad(weight, Before(paddings.Length, 0, missingFrom, 0, missingTo));
        if (bias is not null && missingTo > 0) bias = nn.functional.pad(bias, [0, missingTo]);
        var y = paddings.Length == 1
            ? nn.functional.conv1d(x, weight, bias, strides[0], paddings[0], dilations[0])
            : nn.functional.conv2d(x, weight, bias, strides, paddings, dilations);
        return (missingTo > 0 ? y.narrow(1, 0, to) : y).MoveToOuterDisposeScope();
    }

    private static long Missing(long channels, long block) => (block - channels % block) % block;

    /// <summary>No zeros around the dimensions behind the channels, and some for these.</summary>
    private static long[] Before(int dimensions, params long[] channels) => [.. new long[2 * dimensions], .. channels];
}

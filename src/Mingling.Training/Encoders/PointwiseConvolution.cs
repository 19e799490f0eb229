using Mingling.Training.Encoders.Kernels;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>A 1x1 convolution of [B, C, F, T] without bias that computes what libtorch's does, in training on a CPU with a kernel of its own.</summary>
internal sealed class PointwiseConvolution : nn.Module<Tensor, Tensor>, IPlainConvolution
{
    private readonly Conv2d conv;

    public PointwiseConvolution(int from, int to) : base(nameof(PointwiseConvolution))
    {
        conv = nn.Conv2d(from, to, 1, bias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Convolution Plain => conv;

    /// <summary>Whether libtorch computes it, for comparisons.</summary>
    public bool UsesLibTorch { get; set; }

    public override Tensor forward(Tensor x)
    {
        var weight = conv.weight!;
        // A row shorter than a vector is not worth a kernel.
        if (UsesLibTorch || !training || !is_grad_enabled() || !Planes.Takes(x, weight) || x.shape[2] * x.shape[3] < TapSum.Lanes) return conv.call(x);
        using var scope = NewDisposeScope();
        var mixed = PointwiseFunction.Mix(x.contiguous().flatten(2), weight.flatten(1));
        return mixed.view(x.shape[0], -1, x.shape[2], x.shape[3]).MoveToOuterDisposeScope();
    }
}

using Mingling.Training.Encoders.Kernels;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>A batch norm of [B, C, F, T], with or without a ReLU behind it, that computes what libtorch's does, in training on a CPU with a kernel of its own.</summary>
internal sealed class ChannelNorm : nn.Module<Tensor, Tensor>, IFoldedNorm
{
    private const double Momentum = 0.1;

    private readonly BatchNorm2d norm;

    public ChannelNorm(int channels, bool relu = false) : base(nameof(ChannelNorm))
    {
        Relu = relu;
        norm = nn.BatchNorm2d(channels, momentum: Momentum);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public bool Relu { get; }

    /// <summary>The norm as libtorch has it.</summary>
    public BatchNorm2d Plain => norm;

    /// <summary>Whether libtorch computes it, for comparisons.</summary>
    public bool UsesLibTorch { get; set; }

    public override Tensor forward(Tensor x)
    {
        if (UsesLibTorch || !training || !is_grad_enabled() || !Planes.Takes(x, norm.weight!)) return ByLibTorch(x);
        using var scope = NewDisposeScope();
        var kernel = new BatchNormKernel((int)x.shape[0], (int)x.shape[1], (int)(x.shape[2] * x.shape[3]));
        // As libtorch does: of a single value there is no deviation.
        if (kernel.Clips * kernel.Row < 2) return ByLibTorch(x).MoveToOuterDisposeScope();
        var statistics = new BatchStatistics(kernel, norm.eps, Relu);
        var y = BatchNormFunction.Normalize(x.contiguous(), norm.weight!, norm.bias!, statistics);
        Follow(statistics);
        return y.MoveToOuterDisposeScope();
    }

    public (Tensor Scale, Tensor Shift) Affine() => GraphBuilder.Affine(norm);

    private Tensor ByLibTorch(Tensor x)
    {
        var normed = norm.call(x);
        if (!Relu) return normed;
        using (normed) return nn.functional.relu(normed);
    }

    /// <summary>Running statistics; that of the deviation is of the unbiased one.</summary>
    private void Follow(BatchStatistics statistics)
    {
        using var quiet = no_grad();
        double count = (double)statistics.Kernel.Clips * statistics.Kernel.Row;
        double momentum = norm.momentum ?? Momentum;
        Span<float> means = Planes.Values(norm.running_mean!), variances = Planes.Values(norm.running_var!);
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = (float)((1 - momentum) * means[i] + momentum * statistics.Means[i]);
            variances[i] = (float)((1 - momentum) * variances[i] + momentum * statistics.Variances[i] * count / (count - 1));
        }
        if (norm.num_batches_tracked is { } steps) _ = steps.add_(1);
    }
}

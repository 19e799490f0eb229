using Mingling.Training.Encoders.Depthwise;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// Depthwise convolutions of 3, 5, 7 and 9 frames side by side, each with a batch norm, and their sum. In a graph they are one convolution of 9 frames:
/// sums of convolutions of the same input are a convolution with the sum of the kernels, the shorter ones with zeros at either end.
/// </summary>
internal sealed class ScaledBranches : nn.Module<Tensor, Tensor>, IGraphModule
{
    private const int Longest = 9;

    private readonly ModuleList<DepthwiseConvolution> convs = new();
    private readonly ModuleList<BatchNorm1d> norms = new();
    private readonly int _stride;

    public ScaledBranches(int channels, int stride) : base(nameof(ScaledBranches))
    {
        _stride = stride;
        for (int kernel = 3; kernel <= Longest; kernel += 2)
        {
            convs.Add(new DepthwiseConvolution(channels, kernel, stride, padding: kernel / 2));
            norms.Add(nn.BatchNorm1d(channels));
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var sum = norms[0].call(convs[0].call(x));
        for (int i = 1; i < convs.Count; i++) sum = sum + norms[i].call(convs[i].call(x));
        return sum.MoveToOuterDisposeScope();
    }

    public GraphValue Export(GraphBuilder graph, GraphValue x)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        long channels = convs[0].Plain.out_channels;
        Tensor weight = zeros(channels, 1, Longest, dtype: float64), bias = zeros(channels, dtype: float64);
        for (int i = 0; i < convs.Count; i++)
        {
            var kernel = convs[i].Plain.weight!;
            var (scale, shift) = GraphBuilder.Affine(norms[i]);
            weight.narrow(2, (Longest - kernel.shape[2]) / 2, kernel.shape[2]).add_(kernel.to(float64) * scale.view(-1, 1, 1));
            bias.add_(shift);
        }
        return graph.Convolution(weight.to(float32), bias.to(float32), x, [_stride], [Longest / 2], [1], channels);
    }
}

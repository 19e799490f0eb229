using Mingling.Training.Encoders.Depthwise;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// MatchboxNet-BxRxC (Majumdar and Ginsburg 2020, "MatchboxNet: 1D time-channel separable convolutional neural network architecture for speech commands
/// recognition"): the feature bins are channels; separable convolutions (depthwise over time, then 1x1) with BN and ReLU, in B residual blocks of R each.
/// <code>
/// layer                                channels (times the width)   kernel
/// separable                            128                          11
/// B blocks of R separable, plus 1x1    C                            13, 15, 17 …
/// separable, dilation 2                128                          29
/// 1x1, BN, ReLU                        128                          1
/// mean over time                       128
/// </code>
/// All at the pace of the frames. With 64 bins and 12 classes 3x1x64 has 74,892 trainable values and 3x2x64 90,444; with the 35 classes of the paper 77,859
/// and 93,411, which it rounds to 77 k and 93 k.
/// </summary>
public sealed class MatchboxNet : Encoder
{
    private const int Outer = 128;

    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    /// <param name="blocks">B, at least 1.</param>
    /// <param name="repeats">R, the separable convolutions of a block, at least 1.</param>
    /// <param name="channels">C, the channels of the blocks, at least 1.</param>
    public MatchboxNet(EncoderSettings settings, int blocks, int repeats, int channels) : base(settings, Widened(settings, Outer))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        int outer = Widened(settings, Outer), inner = Widened(settings, channels);
        layers = nn.Sequential(("first", Separable(settings.Bins, outer, 11)), ("relu", nn.ReLU()));
        for (int block = 0; block < blocks; block++)
            layers.append($"block{block + 1}", new SeparableBlock(block == 0 ? outer : inner, inner, 13 + 2 * block, repeats));
        layers.append("wide", Separable(inner, outer, 29, dilation: 2));
        layers.append("relu2", nn.ReLU());
        layers.append("conv", nn.Conv1d(outer, outer, 1, bias: false));
        layers.append("norm", nn.BatchNorm1d(outer));
        layers.append("relu3", nn.ReLU());
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Pool(Tensor features) => features.squeeze(1).Through(layers).mean([2]);

    /// <inheritdoc/>
    protected override GraphValue Export(GraphBuilder graph, GraphValue features)
    {
        var channels = graph.Node("Squeeze", [features, graph.Indices("axes", 1)]);
        return graph.Mean(graph.Layers(layers, channels), keepDimensions: false, 2);
    }

    private static Sequential Separable(int from, int to, int kernel, int dilation = 1) => nn.Sequential(
        ("depthwise", new DepthwiseConvolution(from, kernel, padding: (kernel - 1) / 2 * dilation, dilation: dilation)),
        ("pointwise", nn.Conv1d(from, to, 1, bias: false)),
        ("norm", nn.BatchNorm1d(to)));

    /// <summary>R separable convolutions with ReLU and dropout 0.1 behind all but the last; plus the input through 1x1 and BN; ReLU, dropout.</summary>
    private sealed class SeparableBlock : nn.Module<Tensor, Tensor>, IGraphModule
    {
        private readonly Sequential residual, shortcut, last;

        public SeparableBlock(int from, int to, int kernel, int repeats) : base(nameof(SeparableBlock))
        {
            residual = nn.Sequential();
            for (int i = 0; i < repeats; i++)
            {
                residual.append($"separable{i + 1}", Separable(i == 0 ? from : to, to, kernel));
                if (i == repeats - 1) break;
                residual.append($"relu{i + 1}", nn.ReLU());
                residual.append($"dropout{i + 1}", new SeededDropout(0.1));
            }
            shortcut = nn.Sequential(("conv", nn.Conv1d(from, to, 1, bias: false)), ("norm", nn.BatchNorm1d(to)));
            last = nn.Sequential(("relu", nn.ReLU()), ("dropout", new SeededDropout(0.1)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return (x.Through(residual) + x.Through(shortcut)).Through(last).MoveToOuterDisposeScope();
        }

        public GraphValue Export(GraphBuilder graph, GraphValue x) =>
            graph.Layers(last, graph.Add(graph.Layers(residual, x), graph.Layers(shortcut, x)));
    }
}

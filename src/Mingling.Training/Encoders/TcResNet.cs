using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// TC-ResNet (Choi et al. 2019, "Temporal convolution for real-time keyword spotting on mobile devices"): the feature bins
/// are channels, and all convolutions run over time.
/// <code>
/// layer                       channels (times the width)   time
/// conv k3, BN, ReLU           16                           T
/// block(s) k9                 24, first with stride 2      T/2
/// block(s) k9                 32, first with stride 2      T/4
/// block(s) k9                 48, first with stride 2      T/8
/// mean over time              48
/// </code>
/// TC-ResNet8 has one block at each width, TC-ResNet14 two. With 12 classes: 65,168 and 135,856 trainable values
/// (width 1.5: 144,264 and 303,000), as in the paper.
/// </summary>
public sealed class TcResNet : Encoder
{
    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    /// <param name="blocksPerWidth">1 for TC-ResNet8, 2 for TC-ResNet14.</param>
    public TcResNet(EncoderSettings settings, int blocksPerWidth) : base(settings, Widened(settings, 48))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocksPerWidth, 1);
        int channels = Widened(settings, 16);
        layers = nn.Sequential(
            ("conv", nn.Conv1d(settings.Bins, channels, 3, padding: 1, bias: false)),
            ("norm", nn.BatchNorm1d(channels)),
            ("relu", nn.ReLU()));
        int[] widths = [24, 32, 48];
        for (int stage = 0; stage < widths.Length; stage++)
        {
            for (int block = 0; block < blocksPerWidth; block++)
            {
                int next = Widened(settings, widths[stage]);
                layers.append($"block{stage + 1}_{block + 1}", TemporalBlock(channels, next, stride: block == 0 ? 2 : 1));
                channels = next;
            }
        }
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

    /// <summary>conv k9, BN, ReLU, conv k9, BN; plus the input (through a 1x1 convolution where the shape changes); ReLU.</summary>
    private static ResidualBlock TemporalBlock(int from, int to, int stride)
    {
        var residual = nn.Sequential(
            ("conv1", nn.Conv1d(from, to, 9, stride: stride, padding: 4, bias: false)),
            ("norm1", nn.BatchNorm1d(to)),
            ("relu", nn.ReLU()),
            ("conv2", nn.Conv1d(to, to, 9, padding: 4, bias: false)),
            ("norm2", nn.BatchNorm1d(to)));
        bool same = stride == 1 && from == to;
        var shortcut = same ? null
            : nn.Sequential(("conv", nn.Conv1d(from, to, 1, stride: stride, bias: false)), ("norm", nn.BatchNorm1d(to)));
        return new ResidualBlock(residual, shortcut);
    }
}

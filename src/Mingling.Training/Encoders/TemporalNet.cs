using Mingling.Training.Encoders.Depthwise;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// TENet (Li et al. 2020, "Small-footprint keyword spotting with multi-scale temporal convolution"): the feature bins are channels; inverted bottlenecks with a
/// depthwise convolution over time.
/// <code>
/// layer                           channels (times the width)   time
/// conv k3, BN, ReLU               32                           T
/// n blocks, first with stride 2   32 (inside 96)               T/2
/// n blocks, first with stride 2   32 (inside 96)               T/4
/// n blocks, first with stride 2   32 (inside 96)               T/8
/// mean over time                  32
/// </code>
/// n = 2 for TENet6, 4 for TENet12. Batch norms have a shift and no scale. With 12 classes TENet6 has 50,828 trainable values and TENet12 94,220, as in the
/// paper. With <c>scales</c> (MTENet) the depthwise convolution is trained as the sum of branches of 3, 5, 7 and 9 frames, each with a batch norm, which the
/// exported graph holds as one kernel of 9: it then costs what TENet costs.
/// </summary>
public sealed class TemporalNet : Encoder
{
    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    /// <param name="blocksPerStage">2 for TENet6, 4 for TENet12.</param>
    /// <param name="scales">Whether depthwise convolutions are trained in branches of several lengths.</param>
    public TemporalNet(EncoderSettings settings, int blocksPerStage, bool scales) : base(settings, Widened(settings, 32))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocksPerStage, 1);
        int channels = Widened(settings, 32);
        layers = nn.Sequential(
            ("conv", nn.Conv1d(settings.Bins, channels, 3, padding: 1, bias: false)),
            ("norm", new ShiftNorm(channels)),
            ("relu", nn.ReLU()));
        for (int stage = 0; stage < 3; stage++)
            for (int block = 0; block < blocksPerStage; block++)
                layers.append($"block{stage + 1}_{block + 1}", new Bottleneck(channels, block == 0 ? 2 : 1, scales));
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

    /// <summary>1x1 to three times the channels, BN, ReLU, depthwise k9, BN, ReLU, 1x1 back, BN; plus the input (through 1x1 and BN where the stride is 2).</summary>
    private sealed class Bottleneck : nn.Module<Tensor, Tensor>, IGraphModule
    {
        private readonly Sequential residual;
        private readonly Sequential? shortcut;

        public Bottleneck(int channels, int stride, bool scales) : base(nameof(Bottleneck))
        {
            int inside = 3 * channels;
            residual = nn.Sequential(
                ("widen", nn.Conv1d(channels, inside, 1, bias: false)),
                ("norm1", new ShiftNorm(inside)),
                ("relu1", nn.ReLU()));
            if (scales) residual.append("depthwise", new ScaledBranches(inside, stride));
            else
            {
                residual.append("depthwise", new DepthwiseConvolution(inside, 9, stride, padding: 4));
                residual.append("norm2", new ShiftNorm(inside));
            }
            residual.append("relu2", nn.ReLU());
            residual.append("narrow", nn.Conv1d(inside, channels, 1, bias: false));
            residual.append("norm3", new ShiftNorm(channels));
            if (stride != 1) shortcut = nn.Sequential(("conv", nn.Conv1d(channels, channels, 1, stride: stride, bias: false)), ("norm", new ShiftNorm(channels)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return (x.Through(residual) + (shortcut is null ? x : x.Through(shortcut))).MoveToOuterDisposeScope();
        }

        public GraphValue Export(GraphBuilder graph, GraphValue x) =>
            graph.Add(graph.Layers(residual, x), shortcut is null ? x : graph.Layers(shortcut, x));
    }
}

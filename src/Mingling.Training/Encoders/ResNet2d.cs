using Mingling.Training.Export;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// A small residual net over time and frequency, with dense convolutions of multiples of 16 channels, which are the fast ones
/// on a CPU.
/// <code>
/// layer                       channels (times the width)   frequency   time
/// conv 5x5 stride 2, BN, ReLU 16                           20          T/2
/// block 3x3                   16                           20          T/2
/// block 3x3 stride 2          32                           10          T/4
/// block 3x3 stride 2          48                           5           T/8
/// block 3x3 stride 2          64                           3           T/16
/// mean over time, flatten     64 x 3
/// linear                      64
/// </code>
/// 136,272 trainable values at 40 bins and width 1, without the classifier.
/// </summary>
public sealed class ResNet2d : Encoder
{
    private static readonly int[] Channels = [16, 32, 48, 64];

    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    public ResNet2d(EncoderSettings settings) : base(settings, PooledSize(settings), projectedSize: 64)
    {
        int channels = Widened(settings, Channels[0]);
        layers = nn.Sequential(
            ("conv", nn.Conv2d(1, channels, 5, stride: 2, padding: 2, bias: false)),
            ("norm", nn.BatchNorm2d(channels)),
            ("relu", nn.ReLU()));
        for (int i = 0; i < Channels.Length; i++)
        {
            int next = Widened(settings, Channels[i]);
            layers.append($"block{i + 1}", new SpectralBlock(channels, next, stride: i == 0 ? 1 : 2));
            channels = next;
        }
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Pool(Tensor features) => layers.call(features).mean([3]).flatten(1);

    /// <inheritdoc/>
    protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
        graph.Node("Flatten", [graph.Mean(graph.Layers(layers, features), keepDimensions: false, 3)], GraphAttribute.Of("axis", 1));

    private static int PooledSize(EncoderSettings settings)
    {
        int bins = settings.Bins;
        for (int i = 0; i < Channels.Length; i++) bins = (bins + 1) / 2;
        return Widened(settings, Channels[^1]) * bins;
    }

    /// <summary>conv 3x3, BN, ReLU, conv 3x3, BN; plus the input (through a 1x1 convolution where the shape changes); ReLU.</summary>
    private sealed class SpectralBlock : nn.Module<Tensor, Tensor>, IGraphModule
    {
        private readonly Sequential residual;
        private readonly Sequential? shortcut;

        public SpectralBlock(int from, int to, int stride) : base(nameof(SpectralBlock))
        {
            residual = nn.Sequential(
                ("conv1", nn.Conv2d(from, to, 3, stride: stride, padding: 1, bias: false)),
                ("norm1", nn.BatchNorm2d(to)),
                ("relu", nn.ReLU()),
                ("conv2", nn.Conv2d(to, to, 3, padding: 1, bias: false)),
                ("norm2", nn.BatchNorm2d(to)));
            if (stride != 1 || from != to)
                shortcut = nn.Sequential(("conv", nn.Conv2d(from, to, 1, stride: stride, bias: false)), ("norm", nn.BatchNorm2d(to)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var skipped = shortcut is null ? x : shortcut.call(x);
            return nn.functional.relu(residual.call(x) + skipped).MoveToOuterDisposeScope();
        }

        public GraphValue Export(GraphBuilder graph, GraphValue x)
        {
            var skipped = shortcut is null ? x : graph.Layers(shortcut, x);
            return graph.Relu(graph.Add(graph.Layers(residual, x), skipped));
        }
    }
}

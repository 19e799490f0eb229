using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>The nets of the family <see cref="ResNet2d"/>.</summary>
public enum ResNet2dSize
{
    /// <summary>Below 20,000 values with a classifier of 20 words.</summary>
    Small,

    /// <summary>The one for everyday use.</summary>
    Base,

    /// <summary>The largest of the family, below 200,000 values with twenty words.</summary>
    Large,
}

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
/// 136,272 trainable values at 40 bins and width 1, without the classifier. The small net has 8, 8, 12, 16 and 20 channels and an embedding of 48:
/// 17,848. The large one has a second block of 48 channels: 177,936.
/// </summary>
public sealed class ResNet2d : Encoder
{
    // Channels of the blocks; a block with the channels of the one before it has stride 1.
    private static readonly int[] Base = [16, 32, 48, 64], Small = [8, 12, 16, 20], Large = [16, 32, 48, 48, 64];

    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    /// <param name="size">Which net of the family.</param>
    public ResNet2d(EncoderSettings settings, ResNet2dSize size = ResNet2dSize.Base)
        : base(settings, PooledSize(settings, Channels(size)), projectedSize: size == ResNet2dSize.Small ? 48 : 64)
    {
        int[] widths = Channels(size);
        int channels = Widened(settings, widths[0]);
        layers = nn.Sequential(
            ("conv", nn.Conv2d(1, channels, 5, stride: 2, padding: 2, bias: false)),
            ("norm", nn.BatchNorm2d(channels)),
            ("relu", nn.ReLU()));
        for (int i = 0; i < widths.Length; i++)
        {
            int next = Widened(settings, widths[i]);
            layers.append($"block{i + 1}", SpectralBlock(channels, next, stride: Halves(widths, i) ? 2 : 1));
            channels = next;
        }
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Pool(Tensor features) => features.Through(layers).mean([3]).flatten(1);

    /// <inheritdoc/>
    protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
        graph.Node("Flatten", [graph.Mean(graph.Layers(layers, features), keepDimensions: false, 3)], GraphAttribute.Create("axis", 1));

    private static int[] Channels(ResNet2dSize size) => size switch { ResNet2dSize.Small => Small, ResNet2dSize.Large => Large, _ => Base };

    private static bool Halves(int[] widths, int block) => block > 0 && widths[block] != widths[block - 1];

    private static int PooledSize(EncoderSettings settings, int[] widths)
    {
        int bins = (settings.Bins + 1) / 2;
        for (int i = 0; i < widths.Length; i++) if (Halves(widths, i)) bins = (bins + 1) / 2;
        return Widened(settings, widths[^1]) * bins;
    }

    /// <summary>conv 3x3, BN, ReLU, conv 3x3, BN; plus the input (through a 1x1 convolution where the shape changes); ReLU.</summary>
    private static ResidualBlock SpectralBlock(int from, int to, int stride)
    {
        var residual = nn.Sequential(
            ("conv1", nn.Conv2d(from, to, 3, stride: stride, padding: 1, bias: false)),
            ("norm1", nn.BatchNorm2d(to)),
            ("relu", nn.ReLU()),
            ("conv2", nn.Conv2d(to, to, 3, padding: 1, bias: false)),
            ("norm2", nn.BatchNorm2d(to)));
        bool same = stride == 1 && from == to;
        var shortcut = same ? null
            : nn.Sequential(("conv", nn.Conv2d(from, to, 1, stride: stride, bias: false)), ("norm", nn.BatchNorm2d(to)));
        return new ResidualBlock(residual, shortcut);
    }
}

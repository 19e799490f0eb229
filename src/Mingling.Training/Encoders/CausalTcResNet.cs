using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// TC-ResNet (see <see cref="TcResNet"/>) that hears the past alone, for streams: the same layers with as many trainable values, but every
/// convolution of kernel k and stride s has the k − s frames before the step beside it and nothing behind it.
/// <code>
/// layer                       channels (times the width)   a step of 8 frames   carried from step to step
/// conv k3, BN, ReLU           16                           8                    2 frames of the features
/// block(s) k9                 24, first with stride 2      4                    7 and 8
/// block(s) k9                 32, first with stride 2      2                    7 and 8
/// block(s) k9                 48, first with stride 2      1                    7 and 8
/// mean of the last columns    48                                                the columns of a clip but one
/// </code>
/// A column depends on 171 frames with one block at each width.
/// </summary>
public sealed class CausalTcResNet : StreamingEncoder
{
    private const int Stride = 8;

    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    /// <param name="blocksPerWidth">1 for TC-ResNet8, 2 for TC-ResNet14.</param>
    public CausalTcResNet(EncoderSettings settings, int blocksPerWidth) : base(settings, Widened(settings, 48), Stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocksPerWidth, 1);
        int channels = Widened(settings, 16);
        layers = nn.Sequential(
            ("conv", new CausalConvolution("conv", settings.Bins, channels, 3, stride: 1)),
            ("relu", nn.ReLU()));
        int[] widths = [24, 32, 48];
        for (int stage = 0; stage < widths.Length; stage++)
        {
            for (int block = 0; block < blocksPerWidth; block++)
            {
                int next = Widened(settings, widths[stage]);
                string name = $"block{stage + 1}_{block + 1}";
                layers.append(name, Block(name, channels, next, stride: block == 0 ? 2 : 1));
                channels = next;
            }
        }
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Columns(Tensor frames) => frames.Through(layers);

    /// <inheritdoc/>
    protected override GraphValue ExportColumns(GraphBuilder graph, GraphValue frames) => graph.Layers(layers, frames);

    /// <summary>conv k9, BN, ReLU, conv k9, BN; plus the input (through a 1x1 convolution where the shape changes); ReLU.</summary>
    private static CausalBlock<CausalConvolution> Block(string name, int from, int to, int stride)
    {
        var conv1 = new CausalConvolution($"{name}.conv1", from, to, 9, stride);
        var conv2 = new CausalConvolution($"{name}.conv2", to, to, 9, stride: 1);
        bool same = stride == 1 && from == to;
        return new(conv1, conv2, same ? null : nn.Sequential(("conv", nn.Conv1d(from, to, 1, stride: stride, bias: false)), ("norm", nn.BatchNorm1d(to))));
    }
}

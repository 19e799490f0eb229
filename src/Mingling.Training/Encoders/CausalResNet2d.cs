using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// A residual net over time and frequency like <see cref="ResNet2d"/>, for streams: every convolution of kernel k and stride s has the k − s
/// frames before its step beside it and none after it.
/// <code>
/// layer                                    channels (times the width)   frequency   a step of 8 frames
/// conv 5x5 stride 2, BN, ReLU              16                           20          4
/// block 3x3                                16                           20          4
/// block 3x3 stride 2                       32                           10          2
/// block 3x3 stride 2                       48                           5           1
/// block 3x3 stride 2 over frequency alone  96                           3           1
/// mean of the last columns, flatten        96 x 3
/// linear                                   128
/// </code>
/// 222,480 trainable values at 40 bins and width 1, without the classifier. A column depends on 96 frames.
/// </summary>
public sealed class CausalResNet2d : StreamingEncoder
{
    private const int Stride = 8;

    private static readonly (int Channels, int FrequencyStride, int TimeStride)[] Blocks = [(16, 1, 1), (32, 2, 2), (48, 2, 2), (96, 2, 1)];

    private readonly CausalConvolution2d conv;
    private readonly Sequential blocks;
    private readonly int _column;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    public CausalResNet2d(EncoderSettings settings) : base(settings, ColumnSize(settings), Stride, projectedSize: 128)
    {
        int bins = settings.Bins, channels = Widened(settings, 16);
        conv = new CausalConvolution2d("conv", 1, channels, 5, bins, (2, 2));
        bins = Halved(bins);
        blocks = nn.Sequential();
        for (int i = 0; i < Blocks.Length; i++)
        {
            int next = Widened(settings, Blocks[i].Channels);
            var stride = (Blocks[i].FrequencyStride, Blocks[i].TimeStride);
            blocks.append($"block{i + 1}", Block($"block{i + 1}", channels, next, bins, stride));
            channels = next;
            if (stride.FrequencyStride == 2) bins = Halved(bins);
        }
        _column = channels * bins;
        RegisterComponents();
    }

    /// <summary>A quarter, because a clip behind another one costs twice as much.</summary>
    protected override double FollowingShare => 0.25;

    /// <inheritdoc/>
    protected override Tensor Columns(Tensor frames) => nn.functional.relu(frames.unsqueeze(1).Through(conv)).Through(blocks).flatten(1, 2);

    /// <inheritdoc/>
    protected override GraphValue ExportColumns(GraphBuilder graph, GraphValue frames)
    {
        var x = graph.Relu(conv.Export(graph, graph.Node("Unsqueeze", [frames, graph.Indices("plane", 1)])));
        return graph.Node("Reshape", [graph.Layers(blocks, x), graph.Indices("column", 0, _column, -1)]);
    }

    private static int ColumnSize(EncoderSettings settings)
    {
        int bins = Halved(settings.Bins);
        foreach (var block in Blocks) if (block.FrequencyStride == 2) bins = Halved(bins);
        return Widened(settings, Blocks[^1].Channels) * bins;
    }

    private static int Halved(int bins) => (bins + 1) / 2;

    /// <summary>conv 3x3, BN, ReLU, conv 3x3, BN; plus the input (through a 1x1 convolution where the shape changes); ReLU.</summary>
    private static CausalBlock<CausalConvolution2d> Block(string name, int from, int to, int bins, (int Frequency, int Time) stride)
    {
        var conv1 = new CausalConvolution2d($"{name}.conv1", from, to, 3, bins, stride);
        var conv2 = new CausalConvolution2d($"{name}.conv2", to, to, 3, stride.Frequency == 2 ? Halved(bins) : bins, (1, 1));
        bool same = from == to && stride == (1, 1);
        return new(conv1, conv2, same ? null
            : nn.Sequential(("conv", nn.Conv2d(from, to, (1, 1), (stride.Frequency, stride.Time), bias: false)), ("norm", nn.BatchNorm2d(to))));
    }
}

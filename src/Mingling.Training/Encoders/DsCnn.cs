using Mingling.Training.Encoders.Depthwise;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>The sizes of <see cref="DsCnn"/>.</summary>
public enum DsCnnSize
{
    /// <summary>64 channels, 4 blocks.</summary>
    Small,

    /// <summary>172 channels, 4 blocks.</summary>
    Medium,

    /// <summary>276 channels, 5 blocks.</summary>
    Large,
}

/// <summary>
/// DS-CNN (Zhang et al. 2017, "Hello Edge: Keyword Spotting on Microcontrollers"): a convolution over 4 bins and 10 frames, then depthwise-separable blocks.
/// <code>
/// layer                            S          M          L            channels (times the width)
/// conv 4x10 (bins x frames), BN    (2, 2)     (1, 2)     (1, 2)       64, 172, 276
/// first block                      (1, 1)     (2, 2)     (2, 2)       the same
/// further blocks                   3          3          4            the same
/// mean                                                                the same
/// </code>
/// In brackets the strides over bins and frames. A block is depthwise 3x3, BN, ReLU, 1x1, BN, ReLU. With 12 classes: 23,180, 136,580 and 413,736 trainable
/// values, as in the paper, whose features are 10 MFCC of 40 ms every 20 ms. Even kernels are padded by half their size on both sides, where TensorFlow pads
/// one value less on the left.
/// </summary>
public sealed class DsCnn : Encoder
{
    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    /// <param name="size">Which of the three.</param>
    public DsCnn(EncoderSettings settings, DsCnnSize size) : base(settings, Widened(settings, Channels(size)))
    {
        int channels = Widened(settings, Channels(size)), blocks = size == DsCnnSize.Large ? 5 : 4;
        bool small = size == DsCnnSize.Small;
        layers = nn.Sequential(
            ("conv", nn.Conv2d(1, channels, (4L, 10L), stride: (small ? 2 : 1, 2), padding: (small ? 1L : 2L, 5L), bias: false)),
            ("norm", nn.BatchNorm2d(channels)),
            ("relu", nn.ReLU()));
        for (int block = 0; block < blocks; block++)
        {
            int stride = block == 0 && !small ? 2 : 1;
            layers.append($"block{block + 1}", nn.Sequential(
                ("depthwise", new DepthwiseConvolution(channels, (3, 3), stride: (stride, stride), padding: (1, 1))),
                ("norm1", nn.BatchNorm2d(channels)),
                ("relu1", nn.ReLU()),
                ("pointwise", nn.Conv2d(channels, channels, 1, bias: false)),
                ("norm2", nn.BatchNorm2d(channels)),
                ("relu2", nn.ReLU())));
        }
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Pool(Tensor features) => features.Through(layers).mean([2, 3]);

    /// <inheritdoc/>
    protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
        graph.Mean(graph.Layers(layers, features), keepDimensions: false, 2, 3);

    private static int Channels(DsCnnSize size) => size switch { DsCnnSize.Small => 64, DsCnnSize.Medium => 172, _ => 276 };
}

using Mingling.Training.Encoders;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Export;

/// <summary>Every kind of layer that can be exported, in one encoder.</summary>
internal sealed class MixedEncoder : Encoder
{
    private readonly Sequential layers;

    public MixedEncoder(EncoderSettings settings) : base(settings, 5)
    {
        layers = nn.Sequential(
            ("norm", nn.BatchNorm2d(1)),
            ("conv1", nn.Conv2d(1, 6, (3L, 5L), stride: (2L, 1L), padding: (1L, 4L), dilation: (1L, 2L))),
            ("silu", nn.SiLU()),
            ("depthwise", nn.Conv2d(6, 6, 3, padding: 1, groups: 6, bias: false)),
            ("norm2", nn.BatchNorm2d(6)),
            ("drop", nn.Dropout2d(0.1)),
            ("inner", nn.Sequential(("sigmoid", nn.Sigmoid()), ("norm3", nn.BatchNorm2d(6)))),
            ("wide", nn.Conv2d(6, 5, (20L, 1L))));
        RegisterComponents();
    }

    protected override Tensor Pool(Tensor features) => features.Through(layers).mean([2, 3]);

    protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
        graph.Mean(graph.Layers(layers, features), keepDimensions: false, 2, 3);
}

/// <summary>An encoder that tells nothing of its graph.</summary>
internal sealed class SilentEncoder(EncoderSettings settings) : Encoder(settings, settings.Bins)
{
    protected override Tensor Pool(Tensor features) => features.mean([1, 3]);
}

/// <summary>An encoder whose graph is another one.</summary>
internal sealed class LyingEncoder(EncoderSettings settings) : Encoder(settings, settings.Bins)
{
    protected override Tensor Pool(Tensor features) => features.mean([1, 3]);

    protected override GraphValue Export(GraphBuilder graph, GraphValue features) => graph.Relu(graph.Mean(features, keepDimensions: false, 1, 3));
}

/// <summary>An encoder with a layer that cannot be exported.</summary>
internal sealed class OddEncoder : Encoder
{
    private readonly Sequential layers = nn.Sequential(("tanh", nn.Tanh()));

    public OddEncoder(EncoderSettings settings) : base(settings, settings.Bins) => RegisterComponents();

    protected override Tensor Pool(Tensor features) => features.Through(layers).mean([1, 3]);

    protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
        graph.Mean(graph.Layers(layers, features), keepDimensions: false, 1, 3);
}

using Mingling.Training.Encoders;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Export;

/// <summary>An encoder for streams whose graph puts zeros where the past should be.</summary>
internal sealed class ForgetfulEncoder : StreamingEncoder
{
    private readonly Conv1d conv = nn.Conv1d(40, 6, 5, stride: 2, bias: false);

    public ForgetfulEncoder(EncoderSettings settings) : base(settings, columnSize: 6, stepFrames: 2) => RegisterComponents();

    protected override Tensor Columns(Tensor frames) => nn.functional.pad(frames, [3, 0]).Through(conv);

    protected override GraphValue ExportColumns(GraphBuilder graph, GraphValue frames)
    {
        var padded = graph.Node("Pad", [frames, graph.Indices("pads", 0, 0, 3, 0, 0, 0)]);
        return graph.Layers(nn.Sequential(("conv", conv)), padded);
    }
}

using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// A square convolution over frequency and time and its batch norm: [B, from, F, T] → [B, to, ⌈F/s⌉, T/s]. Over frequency zeros lie at either
/// edge; over time the k − s frames before the signal are zeros and there are none behind it.
/// </summary>
internal sealed class CausalConvolution2d : nn.Module<Tensor, Tensor>, IGraphModule
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d norm;
    private readonly string _name;
    private readonly int _from, _bins, _past;

    /// <param name="name">What to call the frames that are carried from step to step.</param>
    /// <param name="from">Channels of the input.</param>
    /// <param name="to">Channels of the output.</param>
    /// <param name="kernel">The width k of the kernel, odd.</param>
    /// <param name="bins">Bins of the input.</param>
    /// <param name="stride">The strides over frequency and time, each at most k.</param>
    public CausalConvolution2d(string name, int from, int to, int kernel, int bins, (int Frequency, int Time) stride) : base(name)
    {
        conv = nn.Conv2d(from, to, (kernel, kernel), (stride.Frequency, stride.Time), (kernel / 2, 0), bias: false);
        norm = nn.BatchNorm2d(to);
        (_name, _from, _bins, _past) = (name, from, bins, kernel - stride.Time);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return norm.call(nn.functional.pad(x, [_past, 0]).Through(conv)).MoveToOuterDisposeScope();
    }

    /// <summary>What is carried from step to step has channels and time alone: the planes are flattened for it.</summary>
    public GraphValue Export(GraphBuilder graph, GraphValue x)
    {
        x = graph.Node("Reshape", [x, graph.Indices("rows", 0, _from * _bins, -1)]);
        x = graph.WithPast(_name, x, _from * _bins, _past);
        return graph.Convolution(conv, norm, graph.Node("Reshape", [x, graph.Indices("planes", 0, _from, _bins, -1)]));
    }
}

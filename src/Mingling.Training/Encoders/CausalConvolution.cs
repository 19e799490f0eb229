using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>A convolution over time and its batch norm, with the k − s frames before the signal as zeros and none behind it: [B, from, T] → [B, to, T/s].</summary>
internal sealed class CausalConvolution : nn.Module<Tensor, Tensor>, IGraphModule
{
    private readonly Conv1d conv;
    private readonly BatchNorm1d norm;
    private readonly string _name;
    private readonly int _from, _past;

    /// <param name="name">What to call the frames that are carried from step to step.</param>
    /// <param name="from">Channels of the input.</param>
    /// <param name="to">Channels of the output.</param>
    /// <param name="kernel">The width k of the kernel.</param>
    /// <param name="stride">The stride s, at most k.</param>
    public CausalConvolution(string name, int from, int to, int kernel, int stride) : base(name)
    {
        conv = nn.Conv1d(from, to, kernel, stride: stride, bias: false);
        norm = nn.BatchNorm1d(to);
        (_name, _from, _past) = (name, from, kernel - stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return norm.call(nn.functional.pad(x, [_past, 0]).Through(conv)).MoveToOuterDisposeScope();
    }

    public GraphValue Export(GraphBuilder graph, GraphValue x) => graph.Convolution(conv, norm, graph.WithPast(_name, x, _from, _past));
}

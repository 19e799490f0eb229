using Mingling.Training.Graphs;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// Batch normalisation of each stretch of the frequency axis by itself (Chang et al. 2021, "SubSpectral Normalization for Neural Audio Data Processing"):
/// [B, C, F, T] is seen as [B, C · stretches, F / stretches, T].
/// </summary>
internal sealed class SubSpectralNorm : nn.Module<Tensor, Tensor>, IGraphModule
{
    private readonly ChannelNorm norm;
    private readonly int _channels, _stretches;

    public SubSpectralNorm(int channels, int stretches) : base(nameof(SubSpectralNorm))
    {
        (_channels, _stretches) = (channels, stretches);
        norm = new ChannelNorm(channels * stretches);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (clips, bins, frames) = (x.shape[0], x.shape[2], x.shape[3]);
        var stretches = x.view(clips, _channels * _stretches, bins / _stretches, frames);
        return norm.call(stretches).view(clips, _channels, bins, frames).MoveToOuterDisposeScope();
    }

    /// <summary>In evaluation each stretch of each channel has one scale and one shift: the graph sees the stretches as a further dimension.</summary>
    public GraphValue Export(GraphBuilder graph, GraphValue x)
    {
        // 0 keeps the size of that place; frames can be any number, so that they are what is left over.
        var stretches = graph.Node("Reshape", [x, graph.Indices("stretches", 0, _channels * _stretches, Bins / _stretches, -1)]);
        return graph.Node("Reshape", [graph.Norm(norm.Plain, 2, stretches), graph.Indices("bins", 0, _channels, Bins, -1)]);
    }

    /// <summary>The bins F that the graph is written for.</summary>
    public required int Bins { get; init; }
}

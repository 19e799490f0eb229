using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// relu(conv2(relu(conv1(x))) + shortcut(x)) with causal convolutions over time, or over frequency and time. Where the stride over time is 2, an
/// output belongs to two frames: the shortcut takes the first of them and the convolution ends with the second.
/// </summary>
internal sealed class CausalBlock<TConvolution> : nn.Module<Tensor, Tensor>, IGraphModule where TConvolution : nn.Module<Tensor, Tensor>, IGraphModule
{
    private readonly TConvolution conv1, conv2;
    private readonly Sequential? shortcut;

    /// <param name="conv1">A convolution and its norm, with the strides of the block.</param>
    /// <param name="conv2">Another with stride 1.</param>
    /// <param name="shortcut">A 1x1 convolution and its norm where the shape changes; null where it does not.</param>
    public CausalBlock(TConvolution conv1, TConvolution conv2, Sequential? shortcut) : base("CausalBlock")
    {
        (this.conv1, this.conv2, this.shortcut) = (conv1, conv2, shortcut);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var skipped = shortcut is null ? x : x.Through(shortcut);
        return nn.functional.relu(conv2.call(nn.functional.relu(conv1.call(x))) + skipped).MoveToOuterDisposeScope();
    }

    public GraphValue Export(GraphBuilder graph, GraphValue x)
    {
        var skipped = shortcut is null ? x : graph.Layers(shortcut, x);
        return graph.Relu(graph.Add(conv2.Export(graph, graph.Relu(conv1.Export(graph, x))), skipped));
    }
}

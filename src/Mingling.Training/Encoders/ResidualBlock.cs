using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>relu(residual(x) + shortcut(x)), the block of He et al. 2016 in one dimension or two.</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>, IGraphModule
{
    private readonly Sequential residual;
    private readonly Sequential? shortcut;

    /// <param name="residual">The branch with the weights.</param>
    /// <param name="shortcut">What the input passes through where the branch changes its shape; null where it does not.</param>
    public ResidualBlock(Sequential residual, Sequential? shortcut) : base(nameof(ResidualBlock))
    {
        (this.residual, this.shortcut) = (residual, shortcut);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var skipped = shortcut is null ? x : x.Through(shortcut);
        return nn.functional.relu(x.Through(residual) + skipped).MoveToOuterDisposeScope();
    }

    public GraphValue Export(GraphBuilder graph, GraphValue x)
    {
        var skipped = shortcut is null ? x : graph.Layers(shortcut, x);
        return graph.Relu(graph.Add(graph.Layers(residual, x), skipped));
    }
}

using Mingling.Recognition.Models;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using Mingling.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.Training.Export;

/// <summary>The classifier as nodes: [B, D] → logits [B, C].</summary>
internal static class HeadGraph
{
    /// <summary>How a head makes its scores.</summary>
    public static HeadKind KindOf(ClassHead head) => head.CosineScale > 0 ? HeadKind.Cosine : HeadKind.Linear;

    /// <summary>Adds the nodes of a head of either kind.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="embedding">[B, D].</param>
    /// <param name="kind">How the scores are made.</param>
    /// <param name="weight">W [C, D].</param>
    /// <param name="scale">The scale s of a cosine head; not used by a linear one.</param>
    public static GraphValue Logits(GraphBuilder graph, GraphValue embedding, HeadKind kind, Tensor weight, double scale = 1)
    {
        if (kind == HeadKind.Linear) return graph.Node("Gemm", [embedding, graph.Constant("head.weight", weight)], GraphAttribute.Create("transB", 1));
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using Scalar factor = scale;
        var directions = nn.functional.normalize(weight.to(float64), p: 2, dim: 1, eps: 1e-12).mul(factor).to(float32);
        return graph.Node("Gemm", [graph.Normalize(embedding), graph.Constant("head.weight", directions)], GraphAttribute.Create("transB", 1));
    }
}

using Mingling.Training.Graphs;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>What both kinds of ensembles do with the embedding of a member.</summary>
internal static class EnsembleParts
{
    /// <summary>An embedding [B, D], divided by its length where that is wanted.</summary>
    public static Tensor Unit(Tensor embedding, bool normalizes) => normalizes ? nn.functional.normalize(embedding, p: 2, dim: 1, eps: 1e-12) : embedding;

    /// <summary>The same as nodes of a graph.</summary>
    public static GraphValue Unit(GraphBuilder graph, GraphValue embedding, bool normalizes) => normalizes ? graph.Normalize(embedding) : embedding;
}

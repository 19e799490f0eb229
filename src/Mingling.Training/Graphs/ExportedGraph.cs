using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Graphs;

/// <summary>A model as a graph.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="FirstOfEncoder">Which node begins the encoder; those before it are the front end.</param>
internal sealed record ExportedGraph(OnnxGraph Graph, int FirstOfEncoder)
{
    /// <summary>What is carried from step to step of a stream; empty where the graph takes whole windows.</summary>
    public IReadOnlyList<GraphState> States { get; init; } = [];
}

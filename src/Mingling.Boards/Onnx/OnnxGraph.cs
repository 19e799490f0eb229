namespace Mingling.Boards.Onnx;

/// <summary>The graph of a model: nodes in an order in which they can be computed, and its constants by name.</summary>
internal sealed record OnnxGraph(IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Constants);

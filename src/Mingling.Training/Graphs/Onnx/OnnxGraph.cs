namespace Mingling.Training.Graphs.Onnx;

/// <summary>GraphProto: the nodes in an order in which they can be computed.</summary>
internal sealed record OnnxGraph : IOnnxMessage
{
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }

    public required IReadOnlyList<OnnxTensor> Constants { get; init; }

    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    public void WriteTo(OnnxWriter writer)
    {
        writer.Messages(1, Nodes);
        writer.Text(2, "mingling");
        writer.Messages(5, Constants);
        writer.Messages(11, Inputs);
        writer.Messages(12, Outputs);
    }
}

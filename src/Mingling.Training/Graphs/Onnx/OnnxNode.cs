namespace Mingling.Training.Graphs.Onnx;

/// <summary>NodeProto: one operation of the standard operators.</summary>
internal sealed record OnnxNode(string Operator, string[] Inputs, string[] Outputs, IReadOnlyList<GraphAttribute> Attributes) : IOnnxMessage
{
    /// <summary>The first output, which is the only one of every operation that is used here.</summary>
    public string Output => Outputs[0];

    public void WriteTo(OnnxWriter writer)
    {
        writer.Texts(1, Inputs);
        writer.Texts(2, Outputs);
        writer.Text(3, Outputs[0]);
        writer.Text(4, Operator);
        writer.Messages(5, Attributes);
    }
}

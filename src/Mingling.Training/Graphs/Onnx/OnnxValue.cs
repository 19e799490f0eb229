namespace Mingling.Training.Graphs.Onnx;

/// <summary>ValueInfoProto: an input or output of floats. A dimension is a number, or a name where it can have any size.</summary>
internal sealed record OnnxValue(string Name, params object[] Shape) : IOnnxMessage
{
    public void WriteTo(OnnxWriter writer)
    {
        writer.Text(1, Name);
        writer.Message(2, new Part(type => type.Message(1, new Part(tensor =>
        {
            tensor.Number(1, (long)OnnxType.Float);
            if (Shape.Length > 0) tensor.Message(2, new Part(shape => shape.Messages(1, Shape.Select(Dimension))));
        }))));
    }

    private static Part Dimension(object size) => new(writer =>
    {
        if (size is string name) writer.Text(2, name);
        else writer.Number(1, Convert.ToInt64(size));
    });

    /// <summary>TypeProto, its tensor, TensorShapeProto and its dimensions: messages that exist nowhere else.</summary>
    private sealed class Part(Action<OnnxWriter> write) : IOnnxMessage
    {
        public void WriteTo(OnnxWriter writer) => write(writer);
    }
}

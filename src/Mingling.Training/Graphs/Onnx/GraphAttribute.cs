namespace Mingling.Training.Graphs.Onnx;

/// <summary>An attribute of a node, AttributeProto in the ONNX specification.</summary>
public sealed class GraphAttribute : IOnnxMessage
{
    private readonly object _value;

    private GraphAttribute(string name, object value) => (Name, _value) = (name, value);

    /// <summary>The name that the operator gives it.</summary>
    public string Name { get; }

    /// <summary>Its whole numbers; null where it has none.</summary>
    internal long[]? Numbers => _value as long[];

    /// <summary>A whole number.</summary>
    public static GraphAttribute Create(string name, long value) => new(name, value);

    /// <summary>Whole numbers.</summary>
    public static GraphAttribute Create(string name, params long[] values) => new(name, values);

    /// <summary>A real number.</summary>
    public static GraphAttribute Create(string name, float value) => new(name, value);

    /// <summary>A text.</summary>
    public static GraphAttribute Create(string name, string value) => new(name, value);

    void IOnnxMessage.WriteTo(OnnxWriter writer)
    {
        const int type = 20;
        writer.Text(1, Name);
        switch (_value)
        {
            case float real:
                writer.Real(2, real);
                writer.Number(type, 1);
                break;
            case long number:
                writer.Number(3, number);
                writer.Number(type, 2);
                break;
            case string text:
                writer.Text(4, text);
                writer.Number(type, 3);
                break;
            case long[] numbers:
                writer.Numbers(8, numbers);
                writer.Number(type, 7);
                break;
        }
    }
}

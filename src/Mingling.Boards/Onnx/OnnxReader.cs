using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Mingling.Recognition.Models;

namespace Mingling.Boards.Onnx;

/// <summary>Reads the graph of a model file (onnx.proto): nodes, attributes and constants. The numbers in the switches are those of the fields.</summary>
internal static class OnnxReader
{
    private const int Float = 1, Int64 = 7;

    /// <param name="model">The bytes of a model.</param>
    /// <exception cref="InvalidDataException">The bytes are no graph that can be read; the message is a clause.</exception>
    public static OnnxGraph Read(ReadOnlySpan<byte> model)
    {
        var nodes = new List<OnnxNode>();
        var constants = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        foreach (var part in WireFormat.Fields(model))
        {
            if (part.Number != 7) continue;
            var graph = model[part.Payload];
            foreach (var field in WireFormat.Fields(graph))
            {
                if (field.Number == 1) nodes.Add(Node(graph[field.Payload]));
                if (field.Number != 5) continue;
                var (name, tensor) = Tensor(graph[field.Payload]);
                constants[name] = tensor;
            }
        }
        return new OnnxGraph(nodes, constants);
    }

    private static OnnxNode Node(ReadOnlySpan<byte> message)
    {
        var inputs = new List<string>();
        var attributes = new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal);
        string operation = "", output = "";
        foreach (var field in WireFormat.Fields(message))
        {
            var content = message[field.Payload];
            switch (field.Number)
            {
                case 1: inputs.Add(Text(content)); break;
                case 2 when output.Length == 0: output = Text(content); break;
                case 4: operation = Text(content); break;
                case 5:
                    var (name, attribute) = Attribute(content);
                    attributes[name] = attribute;
                    break;
            }
        }
        return new OnnxNode(operation, [.. inputs], output, attributes);
    }

    private static (string Name, OnnxAttribute Attribute) Attribute(ReadOnlySpan<byte> message)
    {
        string name = "", text = "";
        float real = 0;
        long number = 0;
        var numbers = new List<long>();
        foreach (var field in WireFormat.Fields(message))
        {
            var content = message[field.Payload];
            switch (field.Number)
            {
                case 1: name = Text(content); break;
                case 2: real = BinaryPrimitives.ReadSingleLittleEndian(content); break;
                case 3: number = Numbers(content)[0]; break;
                case 4: text = Text(content); break;
                case 8: numbers.AddRange(Numbers(content)); break;
            }
        }
        return (name, new OnnxAttribute(number, real, text, [.. numbers]));
    }

    private static (string Name, OnnxTensor Tensor) Tensor(ReadOnlySpan<byte> message)
    {
        string name = "";
        long type = 0;
        var shape = new List<int>();
        var integers = new List<long>();
        byte[] raw = [];
        float[] floats = [];
        foreach (var field in WireFormat.Fields(message))
        {
            var content = message[field.Payload];
            switch (field.Number)
            {
                case 1: shape.AddRange(Numbers(content).Select(size => checked((int)size))); break;
                case 2: type = Numbers(content)[0]; break;
                case 4: floats = MemoryMarshal.Cast<byte, float>(content).ToArray(); break;
                case 7: integers.AddRange(Numbers(content)); break;
                case 8: name = Text(content); break;
                case 9: raw = content.ToArray(); break;
            }
        }
        if (raw.Length > 0 && type == Float) floats = MemoryMarshal.Cast<byte, float>(raw).ToArray();
        if (raw.Length > 0 && type == Int64) integers = [.. MemoryMarshal.Cast<byte, long>(raw)];
        return (name, new OnnxTensor([.. shape], type == Float ? floats : null, type == Int64 ? [.. integers] : null));
    }

    private static string Text(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(content);

    private static long[] Numbers(ReadOnlySpan<byte> content) => [.. WireFormat.Numbers(content.ToArray())];
}

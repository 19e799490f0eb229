using System.Buffers.Binary;
using System.Text;

namespace Mingling.Recognition.Models;

/// <summary>
/// Finds operations of a graph that make a tensor of a size that the file states and no model for speech needs: a file of some kilobytes can
/// fill the memory with them.
/// </summary>
/// <param name="mostValues">The values that a tensor may have.</param>
internal sealed class GraphSizes(long mostValues)
{
    private const int MostDimensions = 64, Int64 = 7;

    /// <summary>Which input of an operation states the size of its output.</summary>
    private static readonly Dictionary<string, int> SizeInputs = new(StringComparer.Ordinal)
    {
        ["ConstantOfShape"] = 0,
        ["Expand"] = 1,
        ["Tile"] = 1,
        ["Pad"] = 1,
        ["Resize"] = 3,
        ["Range"] = 1,
    };

    private readonly Dictionary<string, long[]> _constants = new(StringComparer.Ordinal);
    private readonly List<(string Operation, string Size)> _operations = [];

    /// <summary>Remembers a tensor that may state a size.</summary>
    public void AddTensor(ReadOnlySpan<byte> tensor) => AddTensor(tensor, null);

    /// <summary>Remembers a node that makes a tensor of a stated size, or states one.</summary>
    public void AddNode(ReadOnlySpan<byte> node)
    {
        var inputs = new List<string>();
        string operation = "", output = "";
        foreach (var field in WireFormat.Fields(node))
        {
            if (field.Number == 1) inputs.Add(Encoding.UTF8.GetString(node[field.Payload]));
            if (field.Number == 2 && output.Length == 0) output = Encoding.UTF8.GetString(node[field.Payload]);
            if (field.Number == 4) operation = Encoding.UTF8.GetString(node[field.Payload]);
        }
        if (SizeInputs.TryGetValue(operation, out int place) && place < inputs.Count) _operations.Add((operation, inputs[place]));
        bool isRandom = operation is "RandomNormal" or "RandomUniform";
        if (operation != "Constant" && !isRandom) return;
        foreach (var field in WireFormat.Fields(node))
            if (field.Number == 5) AddAttribute(node[field.Payload], output);
        if (isRandom) _operations.Add((operation, output));
    }

    /// <summary>What is too large, as a clause; null where nothing is.</summary>
    public string? Problem()
    {
        foreach (var (operation, size) in _operations)
        {
            if (!_constants.TryGetValue(size, out long[]? numbers)) continue;
            double values = numbers.Aggregate(1.0, (product, n) => product * Math.Max(1, Math.Abs((double)n)));
            if (values > mostValues) return $"its graph makes a tensor of {values:0} values ('{operation}'), more than the model may take";
        }
        return null;
    }

    private void AddAttribute(ReadOnlySpan<byte> attribute, string name)
    {
        var numbers = new List<long>();
        foreach (var field in WireFormat.Fields(attribute))
        {
            if (field.Number == 5) AddTensor(attribute[field.Payload], name);
            if (field.Number is 3 or 8) numbers.AddRange(WireFormat.Numbers(attribute[field.Payload].ToArray()).Take(MostDimensions));
        }
        if (numbers.Count > 0) _constants[name] = [.. numbers];
    }

    private void AddTensor(ReadOnlySpan<byte> tensor, string? name)
    {
        long type = 0;
        var numbers = new List<long>();
        foreach (var field in WireFormat.Fields(tensor))
        {
            var content = tensor[field.Payload];
            if (field.Number == 2) type = WireFormat.Numbers(content.ToArray()).FirstOrDefault();
            if (field.Number == 8) name ??= Encoding.UTF8.GetString(content);
            if (field.Number == 7) numbers.AddRange(WireFormat.Numbers(content.ToArray()).Take(MostDimensions));
            if (field.Number != 9 || content.Length > 8 * MostDimensions) continue;
            for (int at = 0; at + 8 <= content.Length; at += 8) numbers.Add(BinaryPrimitives.ReadInt64LittleEndian(content[at..]));
        }
        if (type == Int64 && name is not null && numbers.Count > 0) _constants[name] = [.. numbers];
    }
}

using System.Runtime.InteropServices;
using Mingling.Training.Graphs.Onnx;
using static TorchSharp.torch;

namespace Mingling.Training.Graphs;

/// <summary>
/// Builds an ONNX graph of operator set 17, node after node. An encoder describes itself with it; see
/// <see cref="Encoders.Encoder.Export"/>. Constants are copied when they are added.
/// </summary>
public sealed partial class GraphBuilder
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    internal GraphBuilder()
    {
    }

    /// <summary>The number of nodes so far.</summary>
    internal int NodeCount => _nodes.Count;

    /// <summary>Adds a constant.</summary>
    /// <param name="name">What to call it; a number is appended where the name exists.</param>
    /// <param name="values">float32; the graph takes a copy.</param>
    public GraphValue Constant(string name, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var kept = values.detach().contiguous();
        return Constant(name, MemoryMarshal.Cast<byte, float>(kept.bytes), values.shape);
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="name">What to call it; a number is appended where the name exists.</param>
    /// <param name="values">The values, row by row.</param>
    /// <param name="shape">Its shape; none for a single number.</param>
    public GraphValue Constant(string name, ReadOnlySpan<float> values, params long[] shape) =>
        Add(OnnxTensor.FromValues(Unique(name), OnnxType.Float, shape, values));

    /// <summary>Adds a constant of whole numbers, as operators take for axes and shapes: [count].</summary>
    public GraphValue Indices(string name, params long[] values) =>
        Add(OnnxTensor.FromValues<long>(Unique(name), OnnxType.Int64, [values.Length], values));

    /// <summary>Adds a node of any standard operator.</summary>
    /// <param name="operation">The operator's name, for example <c>Relu</c>.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="attributes">Its attributes; those that are missing have their defaults.</param>
    /// <returns>Its first output.</returns>
    public GraphValue Node(string operation, GraphValue[] inputs, params GraphAttribute[] attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        var output = new GraphValue(Unique(operation.ToLowerInvariant()));
        _nodes.Add(new OnnxNode(operation, [.. inputs.Select(input => input.Name)], [output.Name], attributes));
        return output;
    }

    /// <summary>Names an input of the graph.</summary>
    internal GraphValue Input(string name) => new(Unique(name));

    /// <summary>Gives a value the name of an output.</summary>
    internal GraphValue Output(string name, GraphValue value)
    {
        var output = new GraphValue(Unique(name));
        _nodes.Add(new OnnxNode("Identity", [value.Name], [output.Name], []));
        return output;
    }

    internal OnnxGraph Build(IReadOnlyList<OnnxValue> inputs, IReadOnlyList<OnnxValue> outputs) =>
        new() { Nodes = [.. _nodes], Constants = [.. _constants], Inputs = inputs, Outputs = outputs };

    private GraphValue Add(OnnxTensor constant)
    {
        _constants.Add(constant);
        return new GraphValue(constant.Name);
    }

    private string Unique(string name)
    {
        int count = _names.TryGetValue(name, out int used) ? used : 0;
        _names[name] = count + 1;
        return count == 0 ? name : $"{name}_{count}";
    }
}

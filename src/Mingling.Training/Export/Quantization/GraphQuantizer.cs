using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Export.Quantization;

/// <summary>
/// Static quantisation in the QDQ form (Jacob et al. 2018, "Quantization and training of neural networks for efficient
/// integer-arithmetic-only inference"): weights of convolutions and matrix products become 8-bit integers with a scale per output
/// channel, and the tensors between them pass through 8 bits with one scale each, where a runtime fuses them into integer arithmetic.
/// Front end, embedding and scores stay floats.
/// </summary>
internal sealed class GraphQuantizer
{
    private readonly OnnxGraph _graph;
    private readonly int _first;
    private readonly Dictionary<string, OnnxTensor> _constants;
    private readonly List<OnnxTensor> _added = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, TensorRange> _ranges;

    private GraphQuantizer(ExportedGraph export, Dictionary<string, TensorRange> ranges)
    {
        (_graph, _first, _ranges) = (export.Graph, export.FirstOfEncoder, ranges);
        _constants = _graph.Constants.ToDictionary(constant => constant.Name);
    }

    /// <summary>The tensors whose ranges decide the scales: what goes into products and what comes out of convolutions and sums.</summary>
    public static IReadOnlyList<string> Tensors(ExportedGraph export)
    {
        var names = new List<string>();
        var constants = export.Graph.Constants.Select(constant => constant.Name).ToHashSet();
        foreach (var node in export.Graph.Nodes.Skip(export.FirstOfEncoder))
        {
            if (IsProduct(node, constants.Contains)) names.Add(node.Inputs[0]);
            if (node.Operator == "Conv" || IsSum(export.Graph, node)) names.Add(Result(export.Graph, node));
        }
        return [.. names.Distinct()];
    }

    /// <summary>The graph in integers.</summary>
    /// <param name="export">The graph in floats.</param>
    /// <param name="ranges">The ranges of <see cref="Tensors"/>.</param>
    public static OnnxGraph Quantize(ExportedGraph export, Dictionary<string, TensorRange> ranges) => new GraphQuantizer(export, ranges).Run();

    private OnnxGraph Run()
    {
        var inputs = _graph.Inputs.Select(input => input.Name).ToHashSet();
        foreach (string name in inputs.Where(_ranges.ContainsKey)) PassThroughBytes(name);
        for (int i = 0; i < _graph.Nodes.Count; i++)
        {
            var node = _graph.Nodes[i];
            string[] taken = i < _first ? node.Inputs : [.. node.Inputs.Select(name => _ranges.ContainsKey(name) ? Bytes(name) : name)];
            _nodes.Add(i >= _first && IsProduct(node, _constants.ContainsKey) ? Product(node, taken) : node with { Inputs = taken });
            if (_ranges.ContainsKey(node.Output)) PassThroughBytes(node.Output);
        }
        var used = _nodes.SelectMany(node => node.Inputs).ToHashSet();
        return _graph with { Nodes = _nodes, Constants = [.. _graph.Constants.Concat(_added).Where(constant => used.Contains(constant.Name))] };
    }

    private OnnxNode Product(OnnxNode node, string[] taken)
    {
        string name = node.Inputs[1];
        var weight = _constants[name];
        var quantized = new QuantizedWeights(weight);
        taken[1] = Dequantize(name, OnnxTensor.FromValues<sbyte>($"{name}.int8", OnnxType.Int8, weight.Shape, quantized.Values), quantized.Scales);
        if (node.Inputs.Length > 2)
        {
            string biasName = node.Inputs[2];
            var (values, scales) = quantized.Bias(_constants[biasName].Floats, _ranges[node.Inputs[0]].Scale);
            taken[2] = Dequantize(biasName, OnnxTensor.FromValues<int>($"{biasName}.int32", OnnxType.Int32, [values.Length], values), scales);
        }
        return node with { Inputs = taken };
    }

    private string Dequantize(string name, OnnxTensor values, float[] scales)
    {
        var scale = OnnxTensor.FromValues<float>($"{name}.scale", OnnxType.Float, [scales.Length], scales);
        var zero = OnnxTensor.FromValues<byte>($"{name}.zero", values.Type, [scales.Length], new byte[scales.Length * (values.Type == OnnxType.Int32 ? 4 : 1)]);
        _added.AddRange([values, scale, zero]);
        _nodes.Add(new OnnxNode("DequantizeLinear", [values.Name, scale.Name, zero.Name], [$"{name}.float"], [GraphAttribute.Create("axis", 0)]));
        return $"{name}.float";
    }

    private void PassThroughBytes(string name)
    {
        var range = _ranges[name];
        var scale = OnnxTensor.FromValues<float>($"{name}.scale", OnnxType.Float, [], [range.Scale]);
        var zero = OnnxTensor.FromValues<byte>($"{name}.zero", OnnxType.UInt8, [], [range.ZeroPoint]);
        _added.AddRange([scale, zero]);
        _nodes.Add(new OnnxNode("QuantizeLinear", [name, scale.Name, zero.Name], [$"{name}.uint8"], []));
        _nodes.Add(new OnnxNode("DequantizeLinear", [$"{name}.uint8", scale.Name, zero.Name], [Bytes(name)], []));
    }

    private static string Bytes(string name) => $"{name}.bytes";

    /// <summary>Whether a node multiplies by weights that are known beforehand; those that the graph computes stay floats.</summary>
    private static bool IsProduct(OnnxNode node, Func<string, bool> isConstant) => node.Operator is "Conv" or "Gemm" && node.Inputs.Skip(1).All(isConstant);

    /// <summary>Whether a node adds two branches, such as the sum of a residual block.</summary>
    private static bool IsSum(OnnxGraph graph, OnnxNode node) =>
        node.Operator == "Add" && !node.Inputs.Any(name => graph.Constants.Any(constant => constant.Name == name));

    /// <summary>What leaves a node, after the ReLU where one follows, because both are computed as one.</summary>
    private static string Result(OnnxGraph graph, OnnxNode node)
    {
        OnnxNode[] readers = [.. graph.Nodes.Where(reader => reader.Inputs.Contains(node.Output))];
        return readers is [{ Operator: "Relu" } relu] ? relu.Output : node.Output;
    }
}

using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Golden;

/// <summary>Tensors and numbers out of a reference file.</summary>
internal static class Json
{
    public static Tensor Matrix(this JsonNode node, ScalarType dtype, bool gradient = false)
    {
        var rows = node.AsArray();
        int columns = rows[0]!.AsArray().Count;
        double[] values = rows.SelectMany(row => row!.AsArray().Select(value => value!.GetValue<double>())).ToArray();
        var matrix = tensor(values, [rows.Count, columns], ScalarType.Float64).to(dtype);
        return gradient ? matrix.requires_grad_() : matrix;
    }

    public static Tensor Vector(this JsonNode node, ScalarType dtype) =>
        tensor(node.AsArray().Select(value => value!.GetValue<double>()).ToArray()).to(dtype);

    public static Tensor Labels(this JsonNode node) =>
        tensor(node.AsArray().Select(value => value!.GetValue<long>()).ToArray());

    public static double Number(this JsonObject node, string key) => node[key]!.GetValue<double>();
}

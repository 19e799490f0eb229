using System.Text.Json.Nodes;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Golden;

/// <summary>One case of a reference file: reads every field, and fails on what it does not know.</summary>
internal sealed class LibraryCase(JsonObject file, JsonObject golden)
{
    private readonly HashSet<string> _unread = [.. golden["params"]!.AsObject().Select(pair => pair.Key)];

    public string Name => golden["name"]!.GetValue<string>();

    public JsonObject Golden => golden;

    public JsonObject Batch => file["batches"]![golden["batch"]!.GetValue<string>()]!.AsObject();

    public int Classes => file["classes"]!.GetValue<int>();

    public int Dimension => file["dim"]!.GetValue<int>();

    public string? Miner => golden["miner"]?.GetValue<string>();

    public string WeightName => golden["weight"]!.GetValue<string>();

    /// <summary>The weights as [vectors, D]: only proxies are stored so, the others as D x vectors.</summary>
    public Tensor Weights(ScalarType dtype) => Oriented(file["weights"]![WeightName]!.Matrix(dtype));

    public Tensor WeightGradient(ScalarType dtype) => Oriented(golden["weight_grad"]!.Matrix(dtype));

    public double Number(string parameter, double? otherwise = null)
    {
        _unread.Remove(parameter);
        return golden["params"]![parameter] is { } value ? value.GetValue<double>()
            : otherwise ?? throw new KeyNotFoundException($"Loss '{Name}' lacks the parameter '{parameter}'.");
    }

    public double? OptionalNumber(string parameter)
    {
        _unread.Remove(parameter);
        return golden["params"]![parameter]?.GetValue<double>();
    }

    public string Text(string parameter, string otherwise)
    {
        _unread.Remove(parameter);
        return golden["params"]![parameter]?.GetValue<string>() ?? otherwise;
    }

    public bool Flag(string parameter)
    {
        _unread.Remove(parameter);
        return golden["params"]![parameter]?.GetValue<bool>() ?? false;
    }

    /// <summary>The reducer named in the parameters says again what the reduction says.</summary>
    public void RequireAllRead()
    {
        _unread.Remove("reducer");
        if (_unread.Count > 0) throw new NotSupportedException($"Loss '{Name}' has unknown parameters: {string.Join(", ", _unread)}.");
    }

    public PairMeasure Measure => Measures.Named(golden["distance"]!.GetValue<string>());

    public Reduction Reduction
    {
        get
        {
            string[] names = golden["reduction"] is JsonObject parts
                ? parts.Select(part => part.Value!.GetValue<string>()).Distinct().ToArray()
                : [golden["reduction"]!.GetValue<string>()];
            return (names, Name) switch
            {
                (["MeanReducer"], _) => Reduction.Mean,
                (["AvgNonZeroReducer"], _) => Reduction.MeanActive,
                (["SumReducer"], _) => Reduction.Sum,
                (["DivisorReducer"], "margin") => Reduction.MeanActive,
                (["DivisorReducer"], "proxy_anchor") => Reduction.Mean,
                _ => throw new NotSupportedException($"Loss '{Name}' has the unknown reduction {string.Join(", ", names)}."),
            };
        }
    }

    private Tensor Oriented(Tensor stored) => WeightName == "proxies" ? stored : stored.t().contiguous();
}

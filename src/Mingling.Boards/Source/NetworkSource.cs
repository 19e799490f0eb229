using System.Text;
using Mingling.Boards.Programs;
using Convert = Mingling.Boards.Programs.Convert;

namespace Mingling.Boards.Source;

/// <summary>The network: tables of its weights, and one function that calls the operations one after another.</summary>
internal sealed class NetworkSource
{
    private readonly SourceParts _parts;
    private readonly BoardProgram _program;
    private readonly MemoryPlan _plan;
    private readonly StringBuilder _calls = new();
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private readonly HashSet<BoardTensor> _constants = [];
    private int _count;

    private NetworkSource(SourceParts parts, BoardProgram program, MemoryPlan plan) => (_parts, _program, _plan) = (parts, program, plan);

    /// <summary>Adds the tables.</summary>
    /// <returns>The functions that compute the network and begin it anew.</returns>
    public static string Add(SourceParts parts, BoardProgram program, MemoryPlan plan) => new NetworkSource(parts, program, plan).Run();

    private string Run()
    {
        _parts.Comment("The network.");
        foreach (var operation in _program.Operations)
        {
            Call(operation);
            _calls.Length--;
            _calls.Append($" /* {operation.Output.Name}, {Shape(operation)} */\n");
        }
        var source = new StringBuilder("/* The network: from features to embedding and posteriors. */\nstatic void network(BOARD_spotter *s)\n{\n");
        source.Append(_calls).Append("}\n\n/* Nothing came before. */\nstatic void reset_network(BOARD_spotter *s)\n{\n");
        foreach (var state in _program.States) source.Append($"    memset(s->{state.Name}, {state.Bytes?.Zero ?? 0}, sizeof s->{state.Name});\n");
        if (_program.States.Count == 0) source.Append("    (void)s;\n");
        return source.Append("}\n").ToString();
    }

    /// <summary>The members of the stream's memory that belong to the network.</summary>
    public static string Memory(BoardProgram program, MemoryPlan plan)
    {
        var members = new StringBuilder();
        if (plan.Bytes > 0) members.Append($"    uint8_t bytes[{plan.Bytes}];\n");
        if (plan.PatchValues > 0) members.Append($"    int16_t patch[{plan.PatchValues}];\n");
        foreach (var state in program.States) members.Append($"    {(state.Bytes is null ? "float" : "uint8_t")} {state.Name}[{state.Size}];\n");
        return members.ToString().TrimEnd('\n');
    }

    private void Call(Operation operation)
    {
        string x = operation.Inputs.Length > 0 ? Place(operation.Inputs[0]) : "", y = Place(operation.Output);
        int count = operation.Output.Size;
        switch (operation)
        {
            case Convolution { Output.Bytes: { } to } conv:
                Use("PATCHES", "CONVOLVE_BYTES", "BYTES");
                var bytes = new ByteWeights(conv, conv.Inputs[0].Bytes!.Value, to);
                string integers = NextName("conv");
                _parts.Table<sbyte>("int8_t", $"{integers}_weights", bytes.Values);
                _parts.Table<int>("int32_t", $"{integers}_bias", bytes.Bias);
                _parts.Table($"{integers}_factors", bytes.Factors);
                Line($"convolve_bytes(&{Sizes(conv.Sizes)}, {integers}_weights, {integers}_bias, {integers}_factors, {bytes.From.Zero}, {to.Zero}, {Flag(conv.Relu)}, {x}, {y}, s->patch);");
                break;
            case Convolution conv:
                Use("PATCHES", "CONVOLVE");
                string floats = NextName("conv");
                _parts.Table($"{floats}_weights", conv.Weights);
                _parts.Table($"{floats}_bias", conv.Bias);
                Line($"convolve(&{Sizes(conv.Sizes)}, {floats}_weights, {floats}_bias, {Flag(conv.Relu)}, {x}, {y}, s->scratch + {_plan.PatchOf(conv)});");
                break;
            case Dense dense:
                DenseCall(dense, x, y);
                break;
            case Map { Output.Bytes: { } scale }:
                Use("MAP_BYTES");
                Line($"relu_bytes({count}, {x}, {scale.Zero}, {y});");
                break;
            case Map map:
                Use("MAP");
                Line($"map(MAP_{map.Kind.ToString().ToUpperInvariant()}, {count}, {x}, {y});");
                break;
            case Zip { Output.Bytes: { } to } sum:
                Use("ADD_BYTES", "BYTES");
                ByteScale a = sum.Inputs[0].Bytes!.Value, b = sum.Inputs[1].Bytes!.Value;
                Line($"add_bytes({count}, {x}, {CText.Number(a.Scale / to.Scale)}, {a.Zero}, {Place(sum.Inputs[1])}, {CText.Number(b.Scale / to.Scale)}, {b.Zero}, {to.Zero}, {Flag(sum.Relu)}, {y});");
                break;
            case Zip zip:
                Use("ZIP");
                Line($"zip(ZIP_{zip.Kind.ToString().ToUpperInvariant()}, {Flag(zip.Relu)}, &{Walk(zip.Dimensions, zip.StridesA, zip.StridesB)}, {x}, {Place(zip.Inputs[1])}, {y});");
                break;
            case Copy copy:
                bool inBytes = copy.Output.Bytes is not null;
                Use(inBytes ? "MOVE_BYTES" : "MOVE");
                Line($"{(inBytes ? "move_bytes" : "move")}(&{Walk(copy.Dimensions, copy.StridesFrom, copy.StridesTo)}, {x}{Plus(copy.From)}, {y}{Plus(copy.To)});");
                break;
            case Fill { Output.Bytes: { } scale } fill:
                Line($"memset({y}, {scale.Of(fill.Value)}, {count});");
                break;
            case Fill fill:
                Use("FILL");
                Line($"fill({count}, {CText.Number(fill.Value)}, {y});");
                break;
            case Reduce reduce:
                Use("REDUCE");
                Line($"reduce(REDUCE_{reduce.Kind.ToString().ToUpperInvariant()}, {reduce.Outer}, {reduce.Count}, {reduce.Inner}, {x}, {y});");
                break;
            case Pool pool:
                Use("POOL");
                Line($"pool(&{Sizes(pool.Sizes)}, {x}, {y});");
                break;
            case Softmax softmax:
                Use("SOFTMAX");
                Line($"softmax({softmax.Rows}, {softmax.Count}, {x}, {y});");
                break;
            case Normalization norm:
                Use("NORMALIZE");
                string rows = NextName("norm");
                _parts.Table($"{rows}_scale", norm.Scale);
                _parts.Table($"{rows}_bias", norm.Bias);
                Line($"normalize({norm.Rows}, {norm.Count}, {CText.Number(norm.Epsilon)}, {rows}_scale, {rows}_bias, {Flag(norm.ByRow)}, {x}, {y});");
                break;
            case Convert { Output.Bytes: { } scale }:
                Use("QUANTIZE", "BYTES");
                Line($"quantize({count}, {x}, {CText.Number(1 / scale.Scale)}, {scale.Zero}, {y});");
                break;
            case Convert convert:
                Use("DEQUANTIZE");
                Line($"dequantize({count}, {x}, {CText.Number(convert.Inputs[0].Bytes!.Value.Scale)}, {convert.Inputs[0].Bytes!.Value.Zero}, {y});");
                break;
        }
    }

    private void DenseCall(Dense dense, string x, string y)
    {
        string name = NextName("dense");
        int outputs = dense.Bias.Length, inputs = dense.Weights.Length / outputs;
        if (dense.Scales is null)
        {
            Use("DENSE");
            _parts.Table($"{name}_weights", dense.Weights);
        }
        else
        {
            Use("DENSE_BYTES");
            _parts.Table<sbyte>("int8_t", $"{name}_weights", [.. dense.Weights.Select(weight => (sbyte)weight)]);
            _parts.Table($"{name}_scales", dense.Scales);
        }
        _parts.Table($"{name}_bias", dense.Bias);
        Line($"{(dense.Scales is null ? "dense" : "dense_bytes")}({dense.Rows}, {inputs}, {outputs}, {name}_weights, {(dense.Scales is null ? "" : $"{name}_scales, ")}{name}_bias, {x}, {y});");
    }

    private string Place(BoardTensor tensor)
    {
        if (tensor.IsState) return $"s->{tensor.Name}";
        if (tensor.Constant is null) return $"s->{(tensor.Bytes is null ? "scratch" : "bytes")}{Plus(_plan.PlaceOf(tensor))}";
        if (_constants.Add(tensor)) _parts.Table($"constant_{tensor.Name}", tensor.Constant);
        return $"constant_{tensor.Name}";
    }

    private string Sizes(ConvolutionSizes sizes)
    {
        int[] values = [sizes.InChannels, sizes.InRows, sizes.InColumns, sizes.OutChannels, sizes.OutRows, sizes.OutColumns, sizes.KernelRows, sizes.KernelColumns,
            sizes.RowStride, sizes.ColumnStride, sizes.RowDilation, sizes.ColumnDilation, sizes.RowPad, sizes.ColumnPad, sizes.Groups];
        return Shared("sizes", "sizes_t", string.Join(", ", values), 30);
    }

    private string Walk(int[] sizes, int[] a, int[] b) =>
        Shared("walk", "walk_t", $"{{ {string.Join(", ", sizes)} }}, {{ {string.Join(", ", a)} }}, {{ {string.Join(", ", b)} }}", 48);

    /// <summary>One table for all that have the same content.</summary>
    private string Shared(string name, string type, string content, int bytes)
    {
        if (_shared.TryGetValue(content, out string? known)) return known;
        _shared[content] = known = NextName(name);
        _parts.Raw($"static const {type} {known} = {{ {content} }};", bytes);
        return known;
    }

    private string NextName(string name) => $"{name}_{++_count}";

    private void Use(params string[] kernels)
    {
        foreach (string kernel in kernels) _parts.Conditions[$"USES_{kernel}"] = 1;
    }

    private void Line(string call) => _calls.Append("    ").Append(call).Append('\n');

    /// <summary>What an operation writes, for who reads the C.</summary>
    private static string Shape(Operation operation) => operation switch
    {
        Convolution { Sizes: var sizes } => $"{sizes.OutChannels} x {sizes.OutRows} x {sizes.OutColumns}",
        Pool { Sizes: var sizes } => $"{sizes.OutChannels} x {sizes.OutRows} x {sizes.OutColumns}",
        Copy copy => $"{Shapes.Size(copy.Dimensions)} of {copy.Output.Size} values",
        _ => $"{operation.Output.Size} values",
    };

    private static string Flag(bool flag) => flag ? "1" : "0";

    private static string Plus(int place) => place == 0 ? "" : $" + {place}";
}

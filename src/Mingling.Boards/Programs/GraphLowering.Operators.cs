using Mingling.Boards.Onnx;

namespace Mingling.Boards.Programs;

/// <content>The operators that are known.</content>
internal sealed partial class GraphLowering
{
    /// <summary>Every operator that a program can be made of.</summary>
    internal static IReadOnlyList<string> Known { get; } =
    [
        "Add", "AveragePool", "Concat", "Constant", "Conv", "Div", "Dropout", "Exp", "Flatten", "Gemm", "Identity", "InstanceNormalization", "LayerNormalization",
        "Log", "MatMul", "Max", "Mod", "Mul", "Neg", "Pad", "ReduceL2", "ReduceMax", "ReduceMean", "ReduceSum", "Relu", "Reshape", "Shape", "Sigmoid", "Slice",
        "Softmax", "Sqrt", "Squeeze", "Sub", "Tanh", "Transpose", "Unsqueeze",
    ];

    private Value Lower(OnnxNode node) => node.Operator switch
    {
        "Identity" or "Dropout" => Input(node, 0),
        "Reshape" => Reshape(node),
        "Flatten" => Flatten(node),
        "Squeeze" => Squeeze(node),
        "Unsqueeze" => Unsqueeze(node),
        "Shape" => ShapeOf(node),
        "Relu" => Relu(node),
        "Sigmoid" => Each(node, MapKind.Sigmoid),
        "Sqrt" => Each(node, MapKind.Sqrt),
        "Exp" => Each(node, MapKind.Exp),
        "Log" => Each(node, MapKind.Log),
        "Tanh" => Each(node, MapKind.Tanh),
        "Neg" => IsWhole(node) ? Whole(node, (a, _) => -a) : Each(node, MapKind.Neg),
        "Mod" => Whole(node, (a, b) => ((a % b) + b) % b),
        "Add" => IsWhole(node) ? Whole(node, (a, b) => a + b) : Both(node, ZipKind.Add),
        "Sub" => IsWhole(node) ? Whole(node, (a, b) => a - b) : Both(node, ZipKind.Sub),
        "Mul" => IsWhole(node) ? Whole(node, (a, b) => a * b) : Both(node, ZipKind.Mul),
        "Div" => IsWhole(node) ? Whole(node, (a, b) => a / b) : Both(node, ZipKind.Div),
        "Max" => Both(node, ZipKind.Max),
        "Conv" => Conv(node),
        "Gemm" => Gemm(node),
        "MatMul" => MatMul(node),
        "ReduceMean" => Reduced(node, ReduceKind.Mean),
        "ReduceSum" => Reduced(node, ReduceKind.Sum),
        "ReduceMax" => Reduced(node, ReduceKind.Max),
        "ReduceL2" => Reduced(node, ReduceKind.L2),
        "AveragePool" => Pooled(node),
        "Softmax" => Probabilities(node),
        "InstanceNormalization" => InstanceNorm(node),
        "LayerNormalization" => LayerNorm(node),
        "Slice" => Sliced(node),
        "Concat" => IsWhole(node) ? Joined(node) : Concatenated(node),
        "Pad" => Padded(node),
        "Transpose" => Transposed(node),
        _ => throw new BoardGraphException($"it has the operator {node.Operator}"),
    };

    private bool IsWhole(OnnxNode node) => Input(node, 0).Constant?.Integers is not null;

    /// <summary>Whole numbers, which depend on the graph alone.</summary>
    private Value Whole(OnnxNode node, Func<long, long, long> operation)
    {
        long[] a = Integers(node, 0), b = node.Has(1) ? Integers(node, 1) : [0];
        return Constant(Input(node, 0).Shape, [.. a.Select((value, i) => operation(value, b[b.Length == 1 ? 0 : i]))]);
    }

    private Value Joined(OnnxNode node)
    {
        long[] all = [.. Enumerable.Range(0, node.Inputs.Length).SelectMany(i => Integers(node, i))];
        return Constant([all.Length], all);
    }

    private static Value Constant(int[] shape, long[] values) => new(shape, null, new OnnxTensor(shape, null, values));

    private Value ShapeOf(OnnxNode node)
    {
        int[] shape = Input(node, 0).Shape;
        int start = Axis(node.Number("start", 0), shape.Length), end = (int)Math.Min(node.Number("end", shape.Length), shape.Length);
        return Constant([end - start], [.. shape[start..end].Select(size => (long)size)]);
    }

    private Value Reshape(OnnxNode node)
    {
        var x = Input(node, 0);
        long[] wanted = Integers(node, 1);
        int[] shape = [.. wanted.Select((size, i) => size == 0 ? x.Shape[i] : (int)size)];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = 1;
            shape[open] = x.Size / Shapes.Size(shape);
        }
        if (Shapes.Size(shape) != x.Size) throw new BoardGraphException($"a Reshape of [{string.Join(", ", x.Shape)}] to [{string.Join(", ", wanted)}] does not fit");
        return x with { Shape = shape };
    }

    private Value Flatten(OnnxNode node)
    {
        var x = Input(node, 0);
        int axis = Axis(node.Number("axis", 1), x.Shape.Length);
        return x with { Shape = [Shapes.Size(x.Shape[..axis]), Shapes.Size(x.Shape[axis..])] };
    }

    private Value Squeeze(OnnxNode node)
    {
        var x = Input(node, 0);
        int[] axes = node.Has(1) ? Axes(Integers(node, 1), x.Shape.Length) : [.. Enumerable.Range(0, x.Shape.Length).Where(i => x.Shape[i] == 1)];
        return x with { Shape = [.. x.Shape.Where((_, i) => !axes.Contains(i))] };
    }

    private Value Unsqueeze(OnnxNode node)
    {
        var x = Input(node, 0);
        long[] added = Integers(node, 1);
        int rank = x.Shape.Length + added.Length;
        int[] axes = Axes(added, rank);
        var old = new Queue<int>(x.Shape);
        return x with { Shape = [.. Enumerable.Range(0, rank).Select(i => axes.Contains(i) ? 1 : old.Dequeue())] };
    }

    private Value Each(OnnxNode node, MapKind kind)
    {
        var x = Input(node, 0);
        return Emit(new Map([Tensor(node, 0)], New(kind.ToString(), x.Shape), kind), x.Shape);
    }

    /// <summary>Goes into the convolution or sum that alone gives its input, where nothing else reads that.</summary>
    private Value Relu(OnnxNode node)
    {
        string name = node.Inputs[0];
        var x = Input(node, 0);
        if (_readers[name] > 1 || !_made.TryGetValue(name, out int maker)) return Each(node, MapKind.Relu);
        switch (_operations[maker])
        {
            case Convolution conv when ReferenceEquals(conv.Output, x.Tensor):
                _operations[maker] = conv with { Relu = true };
                return x;
            case Zip { Kind: ZipKind.Add } sum when ReferenceEquals(sum.Output, x.Tensor):
                _operations[maker] = sum with { Relu = true };
                return x;
            default: return Each(node, MapKind.Relu);
        }
    }

    private Value Both(OnnxNode node, ZipKind kind)
    {
        Value a = Input(node, 0), b = Input(node, 1);
        int[] shape = Shapes.Broadcast(a.Shape, b.Shape);
        int[] own = Shapes.Strides(shape);
        int[][] strides = [Shapes.Spread(a.Shape, shape), Shapes.Spread(b.Shape, shape), own];
        int[] dimensions = Shapes.Join(shape, strides);
        return Emit(new Zip([Tensor(node, 0), Tensor(node, 1)], New(kind.ToString(), shape), kind, dimensions, strides[0], strides[1], Relu: false), shape);
    }

    private Value Conv(OnnxNode node)
    {
        var x = Input(node, 0);
        int[] kernel = Input(node, 1).Shape;
        int spatial = kernel.Length - 2;
        if (spatial is not (1 or 2) || x.Shape.Length != kernel.Length) throw new BoardGraphException($"it has a convolution over {spatial} dimensions");
        if (node.Text("auto_pad", "NOTSET") is not ("NOTSET" or "")) throw new BoardGraphException("it has a convolution with automatic padding");
        int[] strides = Both2(node.Numbers("strides"), 1, spatial), dilations = Both2(node.Numbers("dilations"), 1, spatial);
        long[] all = node.Numbers("pads") ?? new long[2 * spatial];
        int[] before = Both2(all[..spatial], 0, spatial), after = Both2(all[spatial..], 0, spatial);
        int rows = spatial == 2 ? x.Shape[2] : 1, columns = x.Shape[^1], kernelRows = spatial == 2 ? kernel[2] : 1, kernelColumns = kernel[^1];
        var sizes = new ConvolutionSizes(
            x.Shape[1], rows, columns,
            kernel[0], Out(rows, kernelRows, 0), Out(columns, kernelColumns, 1),
            kernelRows, kernelColumns, strides[0], strides[1], dilations[0], dilations[1], before[0], before[1], (int)node.Number("group", 1));
        int[] shape = spatial == 2 ? [1, sizes.OutChannels, sizes.OutRows, sizes.OutColumns] : [1, sizes.OutChannels, sizes.OutColumns];
        float[] bias = node.Has(2) ? Floats(node, 2) : new float[kernel[0]];
        return Emit(new Convolution([Tensor(node, 0)], New("conv", shape), Floats(node, 1), bias, sizes, Relu: false), shape);

        int Out(int size, int width, int i) => ((size + before[i] + after[i] - (dilations[i] * (width - 1)) - 1) / strides[i]) + 1;
    }

    private static int[] Both2(long[]? values, int missing, int spatial) =>
        values is null ? [missing, missing] : spatial == 1 ? [missing, (int)values[0]] : [(int)values[0], (int)values[1]];

    private Value Gemm(OnnxNode node)
    {
        if (node.Number("transA", 0) != 0 || node.Real("alpha", 1) != 1 || node.Real("beta", 1) != 1) throw new BoardGraphException("it has a product with factors or of a transposed matrix");
        int[] weight = Input(node, 1).Shape;
        bool isTransposed = node.Number("transB", 0) != 0;
        float[] weights = isTransposed ? Floats(node, 1) : Turned(Floats(node, 1), weight[0], weight[1]);
        int outputs = isTransposed ? weight[0] : weight[1];
        float[] bias = node.Has(2) ? Floats(node, 2) : new float[outputs];
        if (bias.Length != outputs) bias = [.. Enumerable.Repeat(bias[0], outputs)];
        return Product(node, weights, bias, outputs);
    }

    private Value MatMul(OnnxNode node)
    {
        int[] weight = Input(node, 1).Shape;
        if (weight.Length != 2 || Input(node, 1).Constant is null) throw new BoardGraphException("it multiplies matrices of which neither is constant");
        return Product(node, Turned(Floats(node, 1), weight[0], weight[1]), new float[weight[1]], weight[1]);
    }

    private Value Product(OnnxNode node, float[] weights, float[] bias, int outputs)
    {
        var x = Input(node, 0);
        int[] shape = [.. x.Shape[..^1], outputs];
        return Emit(new Dense([Tensor(node, 0)], New("dense", shape), Shapes.Size(x.Shape[..^1]), weights, bias), shape);
    }

    /// <summary>[rows, columns] → [columns, rows].</summary>
    private static float[] Turned(float[] matrix, int rows, int columns)
    {
        float[] turned = new float[matrix.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) turned[(j * rows) + i] = matrix[(i * columns) + j];
        return turned;
    }

    private static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    private static int[] Axes(long[] axes, int rank) => [.. axes.Select(axis => Axis(axis, rank)).Order()];
}

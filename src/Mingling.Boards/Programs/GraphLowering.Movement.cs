using Mingling.Boards.Onnx;

namespace Mingling.Boards.Programs;

/// <content>Operators that move values, and figures of several of them.</content>
internal sealed partial class GraphLowering
{
    private Value Reduced(OnnxNode node, ReduceKind kind)
    {
        var x = Input(node, 0);
        int rank = x.Shape.Length;
        int[] axes = node.Has(1) ? Axes(Integers(node, 1), rank) : node.Numbers("axes") is { } named ? Axes(named, rank) : [.. Enumerable.Range(0, rank)];
        bool keeps = node.Number("keepdims", 1) != 0;
        int[] shape = [.. Enumerable.Range(0, rank).Where(i => keeps || !axes.Contains(i)).Select(i => axes.Contains(i) ? 1 : x.Shape[i])];
        // Dimensions of size 1 may lie anywhere; of the others those that are reduced must lie side by side.
        int[] counted = [.. axes.Where(i => x.Shape[i] > 1)];
        int first = counted.Length > 0 ? counted[0] : rank - 1, last = counted.Length > 0 ? counted[^1] : rank - 1;
        if (Enumerable.Range(first, last - first + 1).Any(i => x.Shape[i] > 1 && !axes.Contains(i))) throw new BoardGraphException($"it has a {node.Operator} over dimensions that lie apart");
        int count = counted.Aggregate(1, (product, i) => product * x.Shape[i]), outer = Shapes.Size(x.Shape[..first]);
        return Emit(new Reduce([Tensor(node, 0)], New(kind.ToString(), shape), kind, outer, count, x.Size / outer / count), shape);
    }

    private Value Pooled(OnnxNode node)
    {
        var x = Input(node, 0);
        long[] kernel = node.Numbers("kernel_shape") ?? throw new BoardGraphException("an AveragePool has no kernel");
        int spatial = kernel.Length;
        if (spatial is not (1 or 2) || (node.Numbers("pads") ?? []).Any(pad => pad != 0) || node.Number("ceil_mode", 0) != 0) throw new BoardGraphException("it has an AveragePool with padding");
        int[] width = Both2(kernel, 1, spatial), strides = Both2(node.Numbers("strides"), 1, spatial);
        int rows = spatial == 2 ? x.Shape[2] : 1, columns = x.Shape[^1], channels = x.Shape[1];
        int outRows = ((rows - width[0]) / strides[0]) + 1, outColumns = ((columns - width[1]) / strides[1]) + 1;
        int[] shape = spatial == 2 ? [1, channels, outRows, outColumns] : [1, channels, outColumns];
        var sizes = new ConvolutionSizes(channels, rows, columns, channels, outRows, outColumns, width[0], width[1], strides[0], strides[1], 1, 1, 0, 0, channels);
        return Emit(new Pool([Tensor(node, 0)], New("pool", shape), sizes), shape);
    }

    private Value Probabilities(OnnxNode node)
    {
        var x = Input(node, 0);
        if (Axis(node.Number("axis", -1), x.Shape.Length) != x.Shape.Length - 1) throw new BoardGraphException("it has a Softmax over another dimension than the last");
        return Emit(new Softmax([Tensor(node, 0)], New("softmax", x.Shape), x.Size / x.Shape[^1], x.Shape[^1]), x.Shape);
    }

    private Value InstanceNorm(OnnxNode node)
    {
        var x = Input(node, 0);
        int rows = Shapes.Size(x.Shape[..2]);
        return Emit(new Normalization([Tensor(node, 0)], New("norm", x.Shape), rows, x.Size / rows, node.Real("epsilon", 1e-5f), Floats(node, 1), Floats(node, 2), ByRow: true), x.Shape);
    }

    private Value LayerNorm(OnnxNode node)
    {
        var x = Input(node, 0);
        int rows = Shapes.Size(x.Shape[..Axis(node.Number("axis", -1), x.Shape.Length)]), count = x.Size / rows;
        float[] bias = node.Has(2) ? Floats(node, 2) : new float[count];
        return Emit(new Normalization([Tensor(node, 0)], New("norm", x.Shape), rows, count, node.Real("epsilon", 1e-5f), Floats(node, 1), bias, ByRow: false), x.Shape);
    }

    private Value Sliced(OnnxNode node)
    {
        var x = Input(node, 0);
        int rank = x.Shape.Length;
        long[] starts = Integers(node, 1), ends = Integers(node, 2);
        long[] axes = node.Has(3) ? Integers(node, 3) : [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = node.Has(4) ? Integers(node, 4) : [.. starts.Select(_ => 1L)];
        int[] shape = [.. x.Shape], strides = Shapes.Strides(x.Shape);
        int from = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = Axis(axes[i], rank), size = x.Shape[axis];
            if (steps[i] < 1) throw new BoardGraphException("it has a Slice that runs backwards");
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size), end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], start, size);
            shape[axis] = (int)((end - start + steps[i] - 1) / steps[i]);
            from += (int)start * strides[axis];
            strides[axis] *= (int)steps[i];
        }
        if (x.Constant?.Integers is { } whole && rank == 1) return Constant(shape, [.. Enumerable.Range(0, shape[0]).Select(i => whole[from + (i * strides[0])])]);
        return Emit(Moved(Tensor(node, 0), New("slice", shape), shape, from, strides, 0, Shapes.Strides(shape)), shape);
    }

    private Value Concatenated(OnnxNode node)
    {
        Value[] parts = [.. Enumerable.Range(0, node.Inputs.Length).Select(i => Input(node, i))];
        int axis = Axis(node.Number("axis", 0), parts[0].Shape.Length);
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        int[] strides = Shapes.Strides(shape);
        var whole = New("join", shape);
        int to = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            _operations.Add(Moved(Tensor(node, i), whole, parts[i].Shape, 0, Shapes.Strides(parts[i].Shape), to, strides));
            to += parts[i].Shape[axis] * strides[axis];
        }
        return new Value(shape, whole, null);
    }

    private Value Padded(OnnxNode node)
    {
        var x = Input(node, 0);
        long[] pads = Integers(node, 1);
        if (node.Text("mode", "constant") != "constant" && pads.Any(pad => pad != 0)) throw new BoardGraphException($"it has a Pad of mode {node.Text("mode", "")}");
        if (pads.Any(pad => pad < 0)) throw new BoardGraphException("it has a Pad that cuts off");
        if (pads.All(pad => pad == 0)) return x;
        int rank = x.Shape.Length;
        int[] shape = [.. x.Shape.Select((size, i) => size + (int)(pads[i] + pads[rank + i]))], strides = Shapes.Strides(shape);
        var whole = New("pad", shape);
        _operations.Add(new Fill(whole, node.Has(2) ? Floats(node, 2)[0] : 0));
        int to = Enumerable.Range(0, rank).Sum(i => (int)pads[i] * strides[i]);
        return Emit(Moved(Tensor(node, 0), whole, x.Shape, 0, Shapes.Strides(x.Shape), to, strides), shape);
    }

    private Value Transposed(OnnxNode node)
    {
        var x = Input(node, 0);
        int rank = x.Shape.Length;
        int[] order = node.Numbers("perm") is { } named ? [.. named.Select(axis => (int)axis)] : [.. Enumerable.Range(0, rank).Reverse()];
        int[] old = Shapes.Strides(x.Shape), shape = [.. order.Select(axis => x.Shape[axis])], strides = [.. order.Select(axis => old[axis])];
        return Emit(Moved(Tensor(node, 0), New("transpose", shape), shape, 0, strides, 0, Shapes.Strides(shape)), shape);
    }

    private static Copy Moved(BoardTensor x, BoardTensor y, int[] shape, int from, int[] stridesFrom, int to, int[] stridesTo)
    {
        int[][] strides = [stridesFrom, stridesTo];
        int[] dimensions = Shapes.Join(shape, strides);
        return new Copy([x], y, dimensions, from, strides[0], to, strides[1]);
    }
}

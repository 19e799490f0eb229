using Mingling.Recognition.Inference;

namespace Mingling.Boards.Programs;

/// <summary>Computes a program as the C does, step by step: to find the scales of bytes, and to tell how often a board recognises another word.</summary>
internal sealed class ProgramRun
{
    private readonly BoardProgram _program;
    private readonly Dictionary<BoardTensor, float[]> _floats = [];
    private readonly Dictionary<BoardTensor, byte[]> _bytes = [];
    private readonly Dictionary<Operation, object> _weights = new(ReferenceEqualityComparer.Instance);

    /// <param name="program">The program.</param>
    public ProgramRun(BoardProgram program)
    {
        _program = program;
        foreach (var tensor in program.Tensors)
        {
            if (tensor.Bytes is null) _floats[tensor] = tensor.Constant ?? new float[tensor.Size];
            else _bytes[tensor] = new byte[tensor.Size];
        }
        foreach (var operation in program.Operations)
        {
            if (operation is Convolution { Output.Bytes: { } to } conv) _weights[conv] = new ByteWeights(conv, conv.Inputs[0].Bytes!.Value, to);
        }
        Reset();
    }

    /// <summary>The posteriors after the last step.</summary>
    public ReadOnlySpan<float> Scores => _floats[_program.Scores];

    /// <summary>The embedding after the last step.</summary>
    public ReadOnlySpan<float> Embedding => _floats[_program.Embedding];

    /// <summary>Begins a new stream.</summary>
    public void Reset()
    {
        foreach (var state in _program.States)
        {
            if (state.Bytes is { } scale) _bytes[state].AsSpan().Fill(scale.Zero);
            else _floats[state].AsSpan().Clear();
        }
    }

    /// <summary>Computes a clip from its beginning: whole windows at once, streams step by step.</summary>
    /// <param name="features">[bins, frames]; the frames are whole steps of the program.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="seen">Receives each tensor that was written, after each operation; null for nobody.</param>
    public void Clip(ReadOnlySpan<float> features, int frames, Action<BoardTensor, ReadOnlyMemory<float>>? seen = null)
    {
        Reset();
        float[] input = _floats[_program.Features];
        int step = _program.Frames;
        for (int from = 0; from + step <= frames; from += step)
        {
            for (int bin = 0; bin < _program.Bins; bin++)
                features.Slice((bin * frames) + from, step).CopyTo(input.AsSpan(bin * step));
            seen?.Invoke(_program.Features, input);
            foreach (var operation in _program.Operations)
            {
                Compute(operation);
                if (seen is not null && operation.Output.Bytes is null) seen(operation.Output, _floats[operation.Output]);
            }
        }
    }

    private void Compute(Operation operation)
    {
        switch (operation)
        {
            case Convolution { Output.Bytes: not null } conv: Kernels.Convolve(conv.Sizes, (ByteWeights)_weights[conv], _bytes[conv.Inputs[0]], _bytes[conv.Output]); break;
            case Convolution conv: Kernels.Convolve(conv, _floats[conv.Inputs[0]], _floats[conv.Output]); break;
            case Dense dense: Multiply(dense); break;
            case Map { Output.Bytes: { } scale } map:
                for (int i = 0; i < map.Output.Size; i++) _bytes[map.Output][i] = Math.Max(_bytes[map.Inputs[0]][i], scale.Zero);
                break;
            case Map map: Kernels.Apply(map.Kind, _floats[map.Inputs[0]], _floats[map.Output]); break;
            case Zip { Output.Bytes: { } to } sum: Kernels.Add(_bytes[sum.Inputs[0]], sum.Inputs[0].Bytes!.Value, _bytes[sum.Inputs[1]], sum.Inputs[1].Bytes!.Value, _bytes[sum.Output], to, sum.Relu); break;
            case Zip zip: Kernels.Apply(zip, _floats[zip.Inputs[0]], _floats[zip.Inputs[1]], _floats[zip.Output]); break;
            case Reduce reduce: Kernels.Apply(reduce, _floats[reduce.Inputs[0]], _floats[reduce.Output]); break;
            case Copy { Output.Bytes: not null } copy: Kernels.Move<byte>(copy, _bytes[copy.Inputs[0]], _bytes[copy.Output]); break;
            case Copy copy: Kernels.Move<float>(copy, _floats[copy.Inputs[0]], _floats[copy.Output]); break;
            case Fill { Output.Bytes: { } scale } fill: _bytes[fill.Output].AsSpan().Fill(scale.Of(fill.Value)); break;
            case Fill fill: _floats[fill.Output].AsSpan().Fill(fill.Value); break;
            case Pool pool: Kernels.Apply(pool, _floats[pool.Inputs[0]], _floats[pool.Output]); break;
            case Softmax softmax: Kernels.Apply(softmax, _floats[softmax.Inputs[0]], _floats[softmax.Output]); break;
            case Normalization norm: Kernels.Apply(norm, _floats[norm.Inputs[0]], _floats[norm.Output]); break;
            case Convert { Output.Bytes: { } scale } convert:
                for (int i = 0; i < convert.Output.Size; i++) _bytes[convert.Output][i] = scale.Of(_floats[convert.Inputs[0]][i]);
                break;
            case Convert convert:
                for (int i = 0; i < convert.Output.Size; i++) _floats[convert.Output][i] = convert.Inputs[0].Bytes!.Value.ValueOf(_bytes[convert.Inputs[0]][i]);
                break;
        }
    }

    private void Multiply(Dense dense)
    {
        float[] x = _floats[dense.Inputs[0]], y = _floats[dense.Output];
        int outputs = dense.Bias.Length, inputs = dense.Weights.Length / outputs;
        for (int row = 0; row < dense.Rows; row++)
            for (int o = 0; o < outputs; o++)
                y[(row * outputs) + o] = dense.Bias[o] + ((dense.Scales?[o] ?? 1) * Direction.Product(dense.Weights.AsSpan(o * inputs, inputs), x.AsSpan(row * inputs, inputs)));
    }
}

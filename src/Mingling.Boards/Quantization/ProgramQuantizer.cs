using Mingling.Boards.Programs;
using Convert = Mingling.Boards.Programs.Convert;

namespace Mingling.Boards.Quantization;

/// <summary>
/// A program in 8-bit integers: convolutions and the sums of two branches compute with bytes, whose scales follow from the values on some
/// clips; the weights of products become bytes too, their inputs stay floats. Tensors between which values are only moved have one scale
/// together, states among them. Everything else stays in floats, with conversions where the two meet.
/// </summary>
internal sealed class ProgramQuantizer
{
    private readonly BoardProgram _program;
    private readonly Dictionary<BoardTensor, BoardTensor> _parents = [];
    private readonly Dictionary<BoardTensor, BoardTensor> _bytes = [];
    private readonly Dictionary<BoardTensor, BoardTensor> _converted = [];
    private readonly List<Operation> _operations = [];

    private ProgramQuantizer(BoardProgram program) => _program = program;

    /// <summary>Quantizes a program.</summary>
    /// <param name="program">The program in floats.</param>
    /// <param name="ranges">The values that its tensors take (<see cref="RangeSurvey"/>).</param>
    public static BoardProgram Quantize(BoardProgram program, IReadOnlyDictionary<BoardTensor, ValueRange> ranges) => new ProgramQuantizer(program).Run(ranges);

    private BoardProgram Run(IReadOnlyDictionary<BoardTensor, ValueRange> ranges)
    {
        foreach (var operation in _program.Operations)
        {
            if (operation is Copy && operation.Inputs[0].Constant is null) Join(operation.Inputs[0], operation.Output);
            if (operation is Fill) Find(operation.Output);
        }
        var inBytes = _program.Operations.Where(IsInBytes).SelectMany(operation => operation.Inputs.Append(operation.Output)).Select(Find).ToHashSet();
        foreach (var together in _program.Tensors.Where(tensor => tensor.Constant is null).GroupBy(Find).Where(together => inBytes.Contains(together.Key)))
        {
            var known = together.Where(ranges.ContainsKey).Select(tensor => ranges[tensor]).DefaultIfEmpty().ToArray();
            var scale = ByteScale.For(known.Min(range => range.Low), known.Max(range => range.High));
            foreach (var tensor in together) _bytes[tensor] = tensor.InBytes(scale);
        }
        if (_bytes.TryGetValue(_program.Features, out var features))
        {
            _operations.Add(new Convert([_program.Features], features));
            _converted[_program.Features] = _program.Features;
        }
        foreach (var operation in _program.Operations) Add(operation);
        return _program with { Operations = _operations, States = [.. _program.States.Select(state => _bytes.GetValueOrDefault(state, state))] };
    }

    private static bool IsInBytes(Operation operation) =>
        operation is Convolution or Zip { Kind: ZipKind.Add, IsPlain: true } && operation.Inputs.All(input => input.Constant is null);

    private void Add(Operation operation)
    {
        if (operation is Dense dense)
        {
            var (values, scales) = ByteWeights.Round(dense.Weights, dense.Bias.Length);
            operation = dense with { Weights = [.. values.Select(value => (float)value)], Scales = scales };
        }
        bool computesBytes = IsInBytes(operation) || (operation is Copy or Fill && operation.Inputs.All(_bytes.ContainsKey));
        if (!_bytes.TryGetValue(operation.Output, out var output) || computesBytes)
        {
            _operations.Add(operation.On(tensor => computesBytes ? _bytes.GetValueOrDefault(tensor, tensor) : tensor) with { Inputs = [.. operation.Inputs.Select(input => computesBytes ? _bytes[input] : InFloats(input))] });
            return;
        }
        // Computed in floats and read as bytes.
        _operations.Add(operation with { Inputs = [.. operation.Inputs.Select(InFloats)] });
        _operations.Add(new Convert([operation.Output], output));
        _converted[operation.Output] = operation.Output;
    }

    private BoardTensor InFloats(BoardTensor tensor)
    {
        if (!_bytes.TryGetValue(tensor, out var bytes)) return tensor;
        if (_converted.TryGetValue(tensor, out var known)) return known;
        var floats = new BoardTensor(tensor.Name + "_f", tensor.Size);
        _operations.Add(new Convert([bytes], floats));
        return _converted[tensor] = floats;
    }

    private BoardTensor Find(BoardTensor tensor)
    {
        while (_parents.TryGetValue(tensor, out var parent) && !ReferenceEquals(parent, tensor)) tensor = parent;
        return tensor;
    }

    private void Join(BoardTensor a, BoardTensor b) => _parents[Find(a)] = Find(b);
}

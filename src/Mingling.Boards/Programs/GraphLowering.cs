using Mingling.Boards.Onnx;
using Mingling.Recognition.Models;

namespace Mingling.Boards.Programs;

/// <summary>
/// Turns the graph of a model into a program: every shape becomes a number, reshaping becomes nothing, whole numbers are computed at once, and a
/// ReLU goes into the convolution or sum before it.
/// </summary>
internal sealed partial class GraphLowering
{
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _readers;
    private readonly Dictionary<string, BoardTensor> _states = new(StringComparer.Ordinal);
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    private GraphLowering(OnnxGraph graph)
    {
        _graph = graph;
        _readers = graph.Nodes.SelectMany(node => node.Inputs).CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>A value of the graph: a tensor of the program in a shape, or a constant.</summary>
    private sealed record Value(int[] Shape, BoardTensor? Tensor, OnnxTensor? Constant)
    {
        public int Size => Shapes.Size(Shape);
    }

    /// <summary>Lowers a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="sizes">The frames that the graph is given at once, its states and the names of its inputs and outputs.</param>
    /// <exception cref="BoardGraphException">An operator or a use of one is not known.</exception>
    public static BoardProgram Lower(OnnxGraph graph, ProgramSizes sizes) => new GraphLowering(graph).Run(sizes);

    private BoardProgram Run(ProgramSizes sizes)
    {
        foreach (var (name, constant) in _graph.Constants) _values[name] = new Value(constant.Shape, null, constant);
        var features = new BoardTensor("features", sizes.Bins * sizes.Frames);
        _values[sizes.Input] = new Value([1, 1, sizes.Bins, sizes.Frames], features, null);
        BoardTensor[] states = [.. sizes.States.Select(state => new BoardTensor(Unique(state.Input.Replace("state.", "past_", StringComparison.Ordinal)), state.Channels * state.Length) { IsState = true })];
        foreach (var (state, tensor) in sizes.States.Zip(states))
        {
            _values[state.Input] = new Value([1, state.Channels, state.Length], tensor, null);
            _states[state.Output] = tensor;
        }
        foreach (var node in _graph.Nodes)
        {
            int before = _operations.Count;
            _values[node.Output] = Lower(node);
            if (_operations.Count > before) _made[node.Output] = _operations.Count - 1;
        }
        foreach (var (output, tensor) in _states) KeepState(output, tensor);
        CheckStates(states);
        return new BoardProgram
        {
            Operations = _operations,
            Features = features,
            Bins = sizes.Bins,
            Frames = sizes.Frames,
            States = states,
            Embedding = Result(sizes.Embedding),
            Scores = Result(sizes.Scores),
        };
    }

    private BoardTensor Result(string name) => _values.TryGetValue(name, out var value) && value.Tensor is { } tensor ? tensor : throw new BoardGraphException($"it computes no '{name}'");

    /// <summary>Lets what computes the next state write it where the present one lies, or copies it in the end.</summary>
    private void KeepState(string output, BoardTensor state)
    {
        var next = _values.TryGetValue(output, out var found) ? found.Tensor : null;
        if (next is null || next.Size != state.Size) throw new BoardGraphException($"it computes no '{output}'");
        if (ReferenceEquals(next, state)) return;
        int maker = _operations.FindIndex(operation => ReferenceEquals(operation.Output, next));
        bool isOwn = maker >= 0 && _operations[maker] is Copy && !_operations.Any(operation => operation.Inputs.Contains(next))
            && _operations.Count(operation => ReferenceEquals(operation.Output, next)) == 1
            && !_operations.Skip(maker + 1).Any(operation => operation.Inputs.Contains(state));
        if (isOwn) _operations[maker] = _operations[maker] with { Output = state };
        else Emit(WholeCopy(next, state));
    }

    private void CheckStates(BoardTensor[] states)
    {
        foreach (var state in states)
        {
            int written = _operations.FindIndex(operation => ReferenceEquals(operation.Output, state));
            if (_operations.Skip(written + 1).Any(operation => operation.Inputs.Contains(state))) throw new BoardGraphException($"it reads the state '{state.Name}' after the next one is known");
        }
    }

    private static Copy WholeCopy(BoardTensor from, BoardTensor to) => new([from], to, [1, 1, 1, from.Size], 0, [0, 0, 0, 1], 0, [0, 0, 0, 1]);

    private Value Emit(Operation operation, params int[] shape)
    {
        _operations.Add(operation);
        return new Value(shape, operation.Output, null);
    }

    private BoardTensor New(string name, int[] shape) => new(Unique(name), Shapes.Size(shape));

    private string Unique(string name)
    {
        string plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).ToLowerInvariant();
        int count = _names[plain] = _names.GetValueOrDefault(plain) + 1;
        return count == 1 ? plain : $"{plain}_{count}";
    }

    private Value Input(OnnxNode node, int i)
    {
        if (!node.Has(i)) throw new BoardGraphException($"a {node.Operator} lacks its input {i + 1}");
        return _values.TryGetValue(node.Inputs[i], out var value) ? value : throw new BoardGraphException($"'{node.Inputs[i]}' is used before it is computed");
    }

    private BoardTensor Tensor(OnnxNode node, int i)
    {
        var value = Input(node, i);
        if (value.Tensor is { } tensor) return tensor;
        float[] floats = value.Constant?.Floats ?? throw new BoardGraphException($"a {node.Operator} computes with whole numbers");
        // Kept as a tensor of the program, once for all who read it.
        var constant = new BoardTensor(Unique(node.Inputs[i]), floats.Length) { Constant = floats };
        _values[node.Inputs[i]] = value with { Tensor = constant };
        return constant;
    }

    private float[] Floats(OnnxNode node, int i) =>
        Input(node, i).Constant?.Floats ?? throw new BoardGraphException($"the weights of a {node.Operator} are computed and not constant");

    private long[] Integers(OnnxNode node, int i) =>
        Input(node, i).Constant?.Integers ?? throw new BoardGraphException($"the shape for a {node.Operator} depends on the sound");
}

/// <summary>What a graph is given, and what its inputs and outputs are called.</summary>
internal sealed record ProgramSizes(string Input, string Embedding, string Scores, int Bins, int Frames, IReadOnlyList<StreamState> States);

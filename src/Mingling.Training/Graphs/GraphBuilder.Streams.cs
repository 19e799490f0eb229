using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Graphs;

/// <content>What came before, for encoders that listen to streams.</content>
public sealed partial class GraphBuilder
{
    private readonly List<GraphState> _states = [];

    /// <summary>
    /// The frames of a clip where the graph takes a stream step by step, with what came before as inputs and outputs; null where it takes
    /// whole signals and nothing came before.
    /// </summary>
    internal int? StreamedClipFrames { get; init; }

    /// <summary>What the graph carries from step to step, in the order in which it was asked for.</summary>
    internal IReadOnlyList<GraphState> States => _states;

    /// <summary>
    /// Values over time with those before them: [B, channels, T] → [B, channels, count + T]. In a graph that takes a stream step by step these
    /// are the last ones of the step before, through an input <c>state.NAME</c> and an output <c>next.NAME</c>; in a graph of whole
    /// signals they are zeros, as they are for the first step of a stream.
    /// </summary>
    /// <param name="name">What to call them; each name once in a graph.</param>
    /// <param name="x">The values.</param>
    /// <param name="channels">Their channels.</param>
    /// <param name="count">How many of the past are needed, 0 or more.</param>
    public GraphValue WithPast(string name, GraphValue x, int channels, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0) return x;
        if (StreamedClipFrames is null) return Node("Pad", [x, Indices("pads", 0, 0, count, 0, 0, 0)]);
        var past = Input($"state.{name}");
        var whole = Node("Concat", [past, x], GraphAttribute.Create("axis", 2));
        var next = new GraphValue(Unique($"next.{name}"));
        // Named here and not by an Identity behind it, which would copy the state once more in each step.
        _nodes.Add(new OnnxNode("Slice", [whole.Name, Shared("last", -count).Name, Shared("end", long.MaxValue).Name, Shared("time", 2).Name], [next.Name], []));
        _states.Add(new GraphState(past.Name, next.Name, channels, count));
        return whole;
    }

    /// <summary>The last values over time: [B, channels, T] → [B, channels, count].</summary>
    /// <param name="x">The values, at least as many.</param>
    /// <param name="count">How many.</param>
    public GraphValue Last(GraphValue x, int count) =>
        Node("Slice", [x, Shared("last", -count), Shared("end", long.MaxValue), Shared("time", 2)]);

    /// <summary>A constant of one whole number, the same for all who ask for it.</summary>
    private GraphValue Shared(string name, long value)
    {
        string full = $"{name}.{value}";
        return _names.ContainsKey(full) ? new GraphValue(full) : Indices(full, value);
    }
}

using System.Text;

namespace Mingling.Recognition.Models;

/// <summary>
/// Looks at a graph before the runtime sees it: whether all of its data lie within the file, whether it has loops, and how large its tensors
/// are by their stated sizes. ONNX Runtime reads external data from any path that a tensor names.
/// </summary>
internal static class GraphCheck
{
    private const int DeepestNesting = 32;

    private static readonly string[] Loops = ["Loop", "Scan", "SequenceMap"];

    /// <summary>The messages of onnx.proto, by the number of the field that holds them: those that lead to a tensor or a node.</summary>
    private enum Kind
    {
        Model,
        Training,
        Graph,
        Function,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
    }

    /// <summary>What speaks against a model, as a clause about it; null where nothing does.</summary>
    /// <param name="model">The bytes of an ONNX model.</param>
    /// <param name="allowLoops">Whether loops are allowed.</param>
    /// <param name="largestMemory">The bytes that its tensors may take.</param>
    public static string? Problem(ReadOnlySpan<byte> model, bool allowLoops, long largestMemory)
    {
        try
        {
            var sizes = new GraphSizes(largestMemory / sizeof(float));
            return Problem(Kind.Model, model, allowLoops, sizes, 0) ?? sizes.Problem();
        }
        catch (InvalidDataException e)
        {
            return $"its graph cannot be read ({e.Message})";
        }
    }

    private static string? Problem(Kind kind, ReadOnlySpan<byte> message, bool allowLoops, GraphSizes sizes, int nesting)
    {
        if (nesting > DeepestNesting) return "its graph is nested too deeply";
        if (kind == Kind.Tensor) sizes.AddTensor(message);
        if (kind == Kind.Node) sizes.AddNode(message);
        foreach (var field in WireFormat.Fields(message))
        {
            var content = message[field.Payload];
            if (kind == Kind.Tensor)
            {
                // external_data, and a data_location other than DEFAULT.
                if (field.Number == 13 || (field.Number == 14 && content.ContainsAnyExcept((byte)0)))
                    return "it keeps data outside of the file, where a model file holds everything itself; export it with all of its data";
                continue;
            }
            if (kind == Kind.Node && field.Number == 4 && !allowLoops && LoopOf(content) is { } name)
                return $"its graph has a loop ('{name}'), whose steps nothing bounds; allow loops if you trust it";
            if (Inner(kind, field.Number) is { } inner && Problem(inner, content, allowLoops, sizes, nesting + 1) is { } problem) return problem;
        }
        return null;
    }

    private static string? LoopOf(ReadOnlySpan<byte> operation)
    {
        foreach (string loop in Loops)
            if (Ascii.Equals(operation, loop)) return loop;
        return null;
    }

    private static Kind? Inner(Kind kind, int field) => (kind, field) switch
    {
        (Kind.Model, 7) => Kind.Graph,
        (Kind.Model, 20) => Kind.Training,
        (Kind.Model, 25) => Kind.Function,
        (Kind.Training, 1 or 2) => Kind.Graph,
        (Kind.Function, 7) => Kind.Node,
        (Kind.Function, 11) => Kind.Attribute,
        (Kind.Graph, 1) => Kind.Node,
        (Kind.Graph, 5) => Kind.Tensor,
        (Kind.Graph, 15) => Kind.SparseTensor,
        (Kind.Node, 5) => Kind.Attribute,
        (Kind.Attribute, 5 or 10) => Kind.Tensor,
        (Kind.Attribute, 6 or 11) => Kind.Graph,
        (Kind.Attribute, 22 or 23) => Kind.SparseTensor,
        (Kind.SparseTensor, 1 or 2) => Kind.Tensor,
        _ => null,
    };
}

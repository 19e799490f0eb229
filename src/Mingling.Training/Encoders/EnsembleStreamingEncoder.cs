using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// Several streaming encoders of the same settings, which hear the same: a column holds those of all members, one behind the other, and so
/// does the embedding.
/// </summary>
internal sealed class EnsembleStreamingEncoder : StreamingEncoder
{
    private readonly IReadOnlyList<StreamingEncoder> _members;
    private readonly bool _normalizes;

    /// <param name="members">At least one encoder; owned from now on.</param>
    /// <param name="normalizes">Whether the embedding of each member is divided by its length.</param>
    public EnsembleStreamingEncoder(IReadOnlyList<StreamingEncoder> members, bool normalizes)
        : base(members[0].Settings with { EmbeddingSize = null }, members.Sum(member => member.ColumnChannels), members[0].StepFrames)
    {
        (_members, _normalizes) = (members, normalizes);
        EmbeddingSize = members.Sum(member => member.EmbeddingSize);
        for (int i = 0; i < members.Count; i++) register_module($"member{i}", members[i]);
    }

    protected override Tensor Columns(Tensor frames) => cat([.. _members.Select(member => member.MemberColumns(frames))], 1);

    protected override GraphValue ExportColumns(GraphBuilder graph, GraphValue frames) =>
        graph.Node("Concat", [.. _members.Select(member => member.ExportMemberColumns(graph, frames))], GraphAttribute.Create("axis", 1));

    internal override Tensor Finish(Tensor x) => cat([.. Parts().Select(part => EnsembleParts.Unit(part.Member.Finish(x.narrow(1, part.From, part.Member.ColumnChannels)), _normalizes))], 1);

    internal override GraphValue ExportFinish(GraphBuilder graph, GraphValue x) => graph.Node(
        "Concat",
        [.. Parts().Select(part => EnsembleParts.Unit(graph, part.Member.ExportFinish(graph, graph.Node(
            "Slice", [x, graph.Indices("from", part.From), graph.Indices("to", part.From + part.Member.ColumnChannels), graph.Indices("channels", 1)])), _normalizes))],
        GraphAttribute.Create("axis", 1));

    /// <summary>Each member, and where its channels of a column begin.</summary>
    private IEnumerable<(StreamingEncoder Member, int From)> Parts()
    {
        int from = 0;
        foreach (var member in _members)
        {
            yield return (member, from);
            from += member.ColumnChannels;
        }
    }
}

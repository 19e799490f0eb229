using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>Several encoders of the same settings, which hear the same: their embeddings, one behind the other.</summary>
internal sealed class EnsembleEncoder : Encoder
{
    private readonly IReadOnlyList<Encoder> _members;
    private readonly bool _normalizes;

    /// <param name="members">At least one encoder; owned from now on.</param>
    /// <param name="normalizes">Whether the embedding of each member is divided by its length.</param>
    public EnsembleEncoder(IReadOnlyList<Encoder> members, bool normalizes) : base(Outside(members[0].Settings), members.Sum(member => member.EmbeddingSize))
    {
        (_members, _normalizes) = (members, normalizes);
        for (int i = 0; i < members.Count; i++) register_module($"member{i}", members[i]);
    }

    protected override Tensor Pool(Tensor features) => cat([.. _members.Select(member => EnsembleParts.Unit(member.call(features), _normalizes))], 1);

    protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
        graph.Node("Concat", [.. _members.Select(member => EnsembleParts.Unit(graph, member.ExportAll(graph, features), _normalizes))], GraphAttribute.Create("axis", 1));

    /// <summary>Each member does before and behind its layers what its settings say.</summary>
    private static EncoderSettings Outside(EncoderSettings settings) =>
        settings with { EmbeddingSize = null, Normalize = false, SubtractMean = false, DynamicRangeDb = null, DynamicFilter = false };
}

using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using Mingling.Training.Models;

namespace Mingling.Training.Export;

/// <summary>Turns a model into a graph.</summary>
internal static class GraphExport
{
    /// <summary>Builds the graph: input → features → embedding → posteriors, for any number of clips and frames.</summary>
    /// <exception cref="ExportException">The encoder or the front end cannot be exported.</exception>
    public static ExportedGraph Build(CommandModel model, ModelInput kind)
    {
        bool isStreamed = model.Encoder is StreamingEncoder;
        var graph = new GraphBuilder { StreamedClipFrames = isStreamed ? model.Window.Frames : null };
        var input = graph.Input(kind == ModelInput.Features ? GraphNames.Features : GraphNames.Samples);
        var features = kind == ModelInput.Features ? input : FrontEndGraph.Build(graph, model.Window.Features, input);
        int first = graph.NodeCount;

        var pooled = model.Encoder.ExportAll(graph, features);
        var embedding = graph.Output(GraphNames.Embedding, pooled);
        var logits = HeadGraph.Logits(graph, pooled, HeadGraph.KindOf(model.Head), model.Head.Vectors, model.Head.CosineScale);
        var scores = graph.Output(GraphNames.Scores, graph.Node("Softmax", [logits], GraphAttribute.Create("axis", 1)));

        var taken = kind == ModelInput.Features
            ? new OnnxValue(input.Name, "batch", 1, model.Window.Bins, "frames")
            : new OnnxValue(input.Name, "batch", "samples");
        OnnxValue[] given =
        [
            new(embedding.Name, "batch", model.Encoder.EmbeddingSize),
            new(scores.Name, "batch", model.Classes.Count),
        ];
        var past = graph.States.Select(state => new OnnxValue(state.Input, "batch", state.Channels, state.Length));
        var next = graph.States.Select(state => new OnnxValue(state.Output, "batch", state.Channels, state.Length));
        return new ExportedGraph(graph.Build([taken, .. past], [.. given, .. next]), first) { States = graph.States };
    }
}

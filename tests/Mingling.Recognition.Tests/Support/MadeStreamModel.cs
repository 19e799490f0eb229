using Mingling.Recognition.Models;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Recognition.Tests.Support;

/// <summary>A small model for streams with weights drawn at random: a convolution of 5 frames by steps of 2, the mean of the last 51 columns, a linear layer to the scores.</summary>
internal static class MadeStreamModel
{
    public const int StepFrames = 2;
    private const int Columns = 51, Kernel = 5, Past = Kernel - StepFrames;

    public static StreamSteps Steps { get; } = new(StepFrames,
    [
        new StreamState("state.frames", "next.frames", 40, Past),
        new StreamState("state.columns", "next.columns", MadeModel.EmbeddingSize, Columns - 1),
    ]);

    public static ModelCard Card { get; } = MadeModel.Card with { Encoder = "made-stream", Stream = Steps };

    /// <summary>The bytes of an ONNX model without a card.</summary>
    public static byte[] Graph()
    {
        var random = new Random(4);
        const int size = MadeModel.EmbeddingSize, classes = 3, bins = 40;
        var graph = new GraphBuilder { StreamedClipFrames = 101 };
        var input = graph.Input(GraphNames.Features);
        var x = graph.WithPast("frames", graph.Node("Squeeze", [input, graph.Indices("axes", 1)]), bins, Past);
        x = graph.Node("Conv", [x, graph.Constant("w", Draw(size * bins * Kernel), size, bins, Kernel)],
            GraphAttribute.Create("kernel_shape", [(long)Kernel]), GraphAttribute.Create("strides", [(long)StepFrames]));
        x = graph.Last(graph.WithPast("columns", graph.Relu(x), size, Columns - 1), Columns);
        var pooled = graph.Mean(x, keepDimensions: false, 2);
        var embedding = graph.Output(GraphNames.Embedding, pooled);
        var logits = graph.Node("Gemm", [pooled, graph.Constant("v", Draw(classes * size), classes, size)], GraphAttribute.Create("transB", 1));
        var scores = graph.Output(GraphNames.Scores, graph.Node("Softmax", [logits], GraphAttribute.Create("axis", 1)));
        return OnnxWriter.Bytes(new OnnxModel(
            graph.Build(
                [new OnnxValue(input.Name, "batch", 1, bins, "frames"), .. graph.States.Select(state => new OnnxValue(state.Input, "batch", state.Channels, state.Length))],
                [new OnnxValue(embedding.Name, "batch", size), new OnnxValue(scores.Name, "batch", classes), .. graph.States.Select(state => new OnnxValue(state.Output, "batch", state.Channels, state.Length))]),
            "0.0"));

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    public static Recognizer Load(ModelCard? card = null) => Recognizer.Load("made", ModelFile.Seal("made", Graph(), card ?? Card));
}

using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Recognition.Tests.Support;

/// <summary>A small model with weights drawn at random: mean and spread over time, a linear layer to the embedding, one to the scores.</summary>
internal static class MadeModel
{
    public const int EmbeddingSize = 6;

    public static readonly string[] Words = ["go", "stop", "停"];

    public static ModelCard Card { get; } = new()
    {
        Version = "0.0",
        Encoder = "made",
        Features = FeatureSettings.LogMel40,
        WindowSeconds = 1,
        Classes = Words,
        EmbeddingSize = EmbeddingSize,
    };

    /// <summary>The bytes of an ONNX model without a card.</summary>
    public static byte[] Graph(int bins = 40, int classes = 3, string input = GraphNames.Features, string scores = GraphNames.Scores)
    {
        var random = new Random(3);
        var graph = new GraphBuilder();
        var x = graph.Input(input);
        var means = graph.Node("Flatten", [graph.Mean(x, keepDimensions: false, 3)]);
        var pooled = graph.Node("Gemm", [means, graph.Constant("w", Draw(EmbeddingSize * bins), EmbeddingSize, bins)], GraphAttribute.Create("transB", 1));
        var embedding = graph.Output(GraphNames.Embedding, pooled);
        var logits = graph.Node("Gemm", [pooled, graph.Constant("v", Draw(classes * EmbeddingSize), classes, EmbeddingSize)], GraphAttribute.Create("transB", 1));
        var output = graph.Output(scores, graph.Node("Softmax", [logits], GraphAttribute.Create("axis", 1)));
        return OnnxWriter.Bytes(new OnnxModel(
            graph.Build([new OnnxValue(x.Name, "batch", 1, bins, "frames")],
                [new OnnxValue(embedding.Name, "batch", EmbeddingSize), new OnnxValue(output.Name, "batch", classes)]), "0.0"));

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.2f * (random.NextSingle() - 0.5f))];
    }

    /// <summary>The bytes of a model file.</summary>
    public static byte[] Bytes(ModelCard? card = null) => ModelFile.Seal("made", Graph(), card ?? Card);

    public static Recognizer Load(ModelCard? card = null) => Recognizer.Load("made", Bytes(card));

    /// <summary>A gliding tone in noise.</summary>
    public static float[] Clip(int seed, int length = 12_000)
    {
        var random = new Random(seed);
        float[] samples = new float[length];
        for (int n = 0; n < length; n++)
            samples[n] = (float)(0.3 * Math.Sin(2 * Math.PI * (200 + 300 * (seed % 9) + n * 0.01) * n / 16000) + 0.02 * (random.NextDouble() - 0.5));
        return samples;
    }
}

using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Serving.Tests.Support;

/// <summary>
/// A model file whose words are tones of 500 and 2000 Hz: the logit of a word is the mean level of its mel filter over the window, and what is
/// no command lies between a tone and the noise.
/// </summary>
internal static class ToneModel
{
    public const double LowHz = 500, HighHz = 2000;
    private const int Bins = 40;
    private const float Scale = 1.5f, Floor = -5;

    /// <summary>Writes a model file.</summary>
    public static void Write(string path, string low = "low", string high = "high") => ModelFile.Write(path, Bytes(low, high));

    public static byte[] Bytes(string low = "low", string high = "high")
    {
        var graph = new GraphBuilder();
        var features = graph.Input(GraphNames.Features);
        var means = graph.Node("Flatten", [graph.Mean(features, keepDimensions: false, 3)]);
        var embedding = graph.Output(GraphNames.Embedding, means);
        float[] weights = new float[3 * Bins];
        weights[Bin(LowHz)] = weights[Bins + Bin(HighHz)] = Scale;
        var logits = graph.Node(
            "Gemm", [means, graph.Constant("w", weights, 3, Bins), graph.Constant("b", [0, 0, Scale * Floor], 3)], GraphAttribute.Create("transB", 1));
        var scores = graph.Output(GraphNames.Scores, graph.Node("Softmax", [logits], GraphAttribute.Create("axis", 1)));
        byte[] bytes = OnnxWriter.Bytes(new OnnxModel(
            graph.Build([new OnnxValue(features.Name, "batch", 1, Bins, "frames")],
                [new OnnxValue(embedding.Name, "batch", Bins), new OnnxValue(scores.Name, "batch", 3)]), "0.0"));
        return ModelFile.Seal("tones", bytes, new ModelCard
        {
            Version = "0.0",
            Encoder = "tones",
            Features = FeatureSettings.LogMel40,
            WindowSeconds = 1,
            Classes = [low, high, "_unknown_"],
            EmbeddingSize = Bins,
            Training = new TrainingNote { Data = "tones" },
        });
    }

    /// <summary>The mel filter that a tone lies in.</summary>
    private static int Bin(double hz)
    {
        float[] frames = new FeatureExtractor(FeatureSettings.LogMel40).Compute(Tones.Tone(hz, 0.5));
        var middle = frames.AsSpan(frames.Length / Bins / 2 * Bins, Bins);
        return middle.IndexOf(middle.ToArray().Max());
    }
}

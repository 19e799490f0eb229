using Microsoft.ML.OnnxRuntime;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Encoders;

/// <summary>What an encoder is and costs, without the classifier.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Bins">The feature bins that it takes.</param>
/// <param name="EmbeddingSize">The size D of the embedding.</param>
/// <param name="Parameters">Trainable values. Branches that an export fuses count each by itself.</param>
/// <param name="Frames">The frames that <paramref name="MultiplyAdds"/> are counted for.</param>
/// <param name="MultiplyAdds">
/// Multiply-adds of convolutions and matrix products for one clip, in the exported graph: batch norms folded, branches fused. What works value by value,
/// as activations do, is not counted.
/// </param>
/// <param name="ReceptiveField">
/// The frames that a value depends on before the mean over time, by kernels, dilations and strides. What takes a mean over the whole clip, as the subtraction
/// of the mean and the dynamic filter do, does not count.
/// </param>
/// <param name="Stride">Frames from one such value to the next.</param>
public sealed record EncoderReport(string Name, int Bins, int EmbeddingSize, long Parameters, int Frames, long MultiplyAdds, int ReceptiveField, int Stride)
{
    /// <summary>Frames of a clip of one second, centred, every 10 ms.</summary>
    public const int SecondOfFrames = 101;

    /// <summary>Reports on an encoder, by the graph that it exports.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="frames">The frames of the clip that multiply-adds are counted for, at least 1.</param>
    /// <exception cref="ExportException">The encoder cannot be exported.</exception>
    public static EncoderReport Measure(Encoder encoder, int frames = SecondOfFrames)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        bool training = encoder.training;
        encoder.eval();
        try
        {
            var builder = new GraphBuilder();
            var input = builder.Input("features");
            encoder.ExportAll(builder, input);
            var graph = builder.Build([new OnnxValue(input.Name, 1, 1, encoder.Settings.Bins, frames)], []);
            var (field, stride) = Field(graph);
            return new EncoderReport(encoder.Settings.Name, encoder.Settings.Bins, encoder.EmbeddingSize, encoder.ParameterCount, frames,
                Products(graph, encoder.Settings.Bins, frames), field, stride);
        }
        finally
        {
            encoder.train(training);
        }
    }

    /// <summary>Each value that comes out of a product takes as many multiply-adds as its row of weights has values.</summary>
    private static long Products(OnnxGraph graph, int bins, int frames)
    {
        var constants = graph.Constants.ToDictionary(constant => constant.Name);
        OnnxNode[] products = [.. graph.Nodes.Where(node => node.Operator is "Conv" or "Gemm")];
        if (products.Length == 0) return 0;
        string[] names = [.. products.Select(node => node.Output)];
        byte[] bytes = OnnxWriter.Bytes(new OnnxModel(graph with { Outputs = [.. names.Select(name => new OnnxValue(name))] }, "0"));
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var session = new InferenceSession(bytes, options);
        using var run = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(new float[bins * frames], [1, 1, bins, frames]);
        using var outputs = session.Run(run, [graph.Inputs[0].Name], [value], names);
        return products.Select((node, i) =>
        {
            long[] weight = constants[node.Inputs[1]].Shape;
            return outputs[i].GetTensorTypeAndShape().ElementCount * weight[1..].Aggregate(1L, (product, size) => product * size);
        }).Sum();
    }

    /// <summary>Follows the last axis, which is time, from node to node: a kernel widens the field by its reach times the stride so far.</summary>
    private static (int Field, int Stride) Field(OnnxGraph graph)
    {
        var fields = new Dictionary<string, (int Field, int Stride)> { [graph.Inputs[0].Name] = (1, 1) };
        var widest = (Field: 1, Stride: 1);
        foreach (var node in graph.Nodes)
        {
            var from = (Field: 1, Stride: 1);
            foreach (string input in node.Inputs)
                if (fields.TryGetValue(input, out var known)) from = (Math.Max(from.Field, known.Field), Math.Max(from.Stride, known.Stride));
            int reach = (Last("kernel_shape") - 1) * Last("dilations");
            var to = (Field: from.Field + reach * from.Stride, Stride: from.Stride * Last("strides"));
            fields[node.Output] = to;
            if (to.Field > widest.Field || (to.Field == widest.Field && to.Stride > widest.Stride)) widest = to;

            int Last(string name) => node.Operator is "Conv" or "AveragePool" && node.Attributes.FirstOrDefault(a => a.Name == name)?.Numbers is [.., var last] ? (int)last : 1;
        }
        return widest;
    }
}

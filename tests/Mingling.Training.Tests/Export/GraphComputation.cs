using Microsoft.ML.OnnxRuntime;
using Mingling.Recognition.Inference;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Tests.Export;

/// <summary>Computes a graph that a test builds.</summary>
internal static class GraphComputation
{
    /// <summary>The values of the output y of a graph with the input x.</summary>
    public static float[] Run(Func<GraphBuilder, GraphValue, GraphValue> build, float[] input, long[] shape)
    {
        OnnxTelemetry.TurnOff();
        var graph = new GraphBuilder();
        var x = graph.Input("x");
        var y = graph.Output("y", build(graph, x));
        object[] any = [.. shape.Select((_, i) => $"size{i}")];
        using var session = new InferenceSession(OnnxWriter.Bytes(new OnnxModel(graph.Build([new OnnxValue(x.Name, any)], [new OnnxValue(y.Name)]), "0")));
        using var options = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var outputs = session.Run(options, [x.Name], [value], [y.Name]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}

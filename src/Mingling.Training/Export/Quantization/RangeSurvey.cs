using Microsoft.ML.OnnxRuntime;
using Mingling.Recognition.Inference;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Export.Quantization;

/// <summary>Measures the ranges of the tensors of a graph on clips: the mean over the clips of the smallest and of the largest value of each.</summary>
internal static class RangeSurvey
{
    /// <summary>Computes the clips one by one.</summary>
    /// <param name="model">The graph in floats.</param>
    /// <param name="names">The tensors.</param>
    /// <param name="inputs">The input of each clip.</param>
    /// <param name="shape">The input's shape for one clip.</param>
    public static Dictionary<string, TensorRange> Measure(OnnxModel model, IReadOnlyList<string> names, IReadOnlyList<float[]> inputs, long[] shape)
    {
        var graph = model.Graph;
        string input = graph.Inputs[0].Name;
        // The input needs no output of its own.
        string[] computed = [.. names.Where(name => name != input)];
        byte[] bytes = OnnxWriter.Bytes(model with { Graph = graph with { Outputs = [.. computed.Select(name => new OnnxValue(name))] } });
        OnnxTelemetry.TurnOff();
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var session = new InferenceSession(bytes, options);
        using var run = new RunOptions();

        // A graph that listens to a stream is surveyed on clips: nothing came before.
        var beginning = graph.Inputs.Skip(1).ToDictionary(other => other.Name, other =>
        {
            long[] size = [.. other.Shape.Select(dimension => dimension is string ? 1 : Convert.ToInt64(dimension))];
            return OrtValue.CreateTensorValueFromMemory(new float[size.Aggregate(1L, (product, each) => product * each)], size);
        });
        var sums = names.ToDictionary(name => name, _ => (Low: 0.0, High: 0.0));
        foreach (float[] clip in inputs)
        {
            using var value = OrtValue.CreateTensorValueFromMemory(clip, shape);
            using var outputs = session.Run(run, [input, .. beginning.Keys], [value, .. beginning.Values], computed);
            for (int i = 0; i < computed.Length; i++) Include(computed[i], TensorRange.Measure(outputs[i].GetTensorDataAsSpan<float>()));
            if (sums.ContainsKey(input)) Include(input, TensorRange.Measure(clip));
        }
        foreach (var value in beginning.Values) value.Dispose();
        return sums.ToDictionary(pair => pair.Key, pair => new TensorRange((float)(pair.Value.Low / inputs.Count), (float)(pair.Value.High / inputs.Count)));

        void Include(string name, TensorRange range) => sums[name] = (sums[name].Low + range.Low, sums[name].High + range.High);
    }
}

using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Export.Quantization;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class QuantizationTests
{
    [Theory]
    [InlineData("tc-resnet8", ModelInput.Features)]
    [InlineData("tc-resnet8", ModelInput.Samples)]
    [InlineData("resnet2d", ModelInput.Features)]
    public void Export_in_integers_is_smaller_and_nearly_as_good(string encoder, ModelInput input)
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = encoder });
        var clips = Tones.Clips(0, 6, 3);
        var report = ModelExporter.Export(model, folder["int8.onnx"], new ExportOptions { Int8 = true, Input = input, Calibration = clips, Check = clips });

        report.Card.Int8.ShouldBeTrue();
        report.Bytes.ShouldBe(new FileInfo(folder["int8.onnx"]).Length);
        if (input == ModelInput.Features) report.Bytes.ShouldBeLessThan(report.FloatBytes * 4 / 10);
        report.Agreement.ShouldBeGreaterThan(0.9);
        report.FloatAccuracy.ShouldNotBeNull();
        report.Accuracy.ShouldNotBeNull();

        using var recognizer = Recognizer.Load(folder["int8.onnx"]);
        var expected = model.Recognize([.. clips.Select(clip => clip.Samples)]);
        var actual = recognizer.RecognizeAll([.. clips.Select(clip => clip.Samples)]);
        foreach (var (floats, integers) in expected.Zip(actual)) Cosine(floats.Embedding, integers.Embedding).ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void Quantize_a_product_with_weights_that_the_graph_computes_leaves_it_in_floats()
    {
        var known = OnnxTensor.FromValues<float>("known", OnnxType.Float, [2, 2], [1, 2, 3, 4]);
        var graph = new OnnxGraph
        {
            Inputs = [new OnnxValue("x")],
            Outputs = [new OnnxValue("z")],
            Constants = [known],
            Nodes = [new OnnxNode("Gemm", ["x", "known"], ["y"], []), new OnnxNode("Gemm", ["y", "x"], ["z"], [])],
        };
        var export = new ExportedGraph(graph, 0);
        var names = GraphQuantizer.Tensors(export);
        var quantized = GraphQuantizer.Quantize(export, names.ToDictionary(name => name, _ => new TensorRange(-1, 1)));
        names.ShouldBe(["x"]);
        quantized.Constants.ShouldContain(constant => constant.Name == "known.int8");
        quantized.Nodes[^1].Inputs.ShouldBe(["y", "x.bytes"]);
    }

    [Fact]
    public void Export_in_integers_without_calibration_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        Should.Throw<ExportException>(() => ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Int8 = true })).Message
            .ShouldBe("8-bit integers need clips that decide their scales; name a corpus for calibration.");
    }

    [Fact]
    public void Weights_as_integers_lie_within_half_a_step_and_below64()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 300).Select(i => (i / 100 + 0.01f) * (random.NextSingle() - 0.5f)), .. new float[100]];
        var weights = new QuantizedWeights(OnnxTensor.FromValues<float>("w", OnnxType.Float, [4, 25, 4], values));
        for (int i = 0; i < values.Length; i++)
        {
            float scale = weights.Scales[i / 100];
            (weights.Values[i] * scale).ShouldBe(values[i], 0.5001f * scale);
            Math.Abs(weights.Values[i]).ShouldBeLessThanOrEqualTo((sbyte)64);
        }
        for (int channel = 0; channel < 3; channel++) weights.Values.AsSpan(100 * channel, 100).ToArray().Max(Math.Abs).ShouldBe((sbyte)64);
        weights.Scales.ShouldAllBe(scale => scale > 0);

        var (bias, scales) = weights.Bias([0.5f, -1, 0, 1e30f], 0.1f);
        (bias[0] * scales[0]).ShouldBe(0.5f, scales[0]);
        bias[3].ShouldBeGreaterThan(1 << 29);
    }

    [Fact]
    public void Range_always_holds_zero_exactly()
    {
        foreach (float[] values in new float[][] { [3, 5], [-3, -5], [-1, 4], [0, 0], [] })
        {
            var range = TensorRange.Measure(values);
            ((float)range.ZeroPoint * range.Scale + range.Low).ShouldBe(0, 0.5001f * range.Scale);
            range.Scale.ShouldBeGreaterThan(0);
        }
    }

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(y => (double)y * y));
}

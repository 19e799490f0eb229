using System.Runtime.InteropServices;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class GraphTests
{
    /// <summary>The graph takes any number of clips and of frames, not only those of the window.</summary>
    [Theory]
    [InlineData("tc-resnet8", 1, 8)]
    [InlineData("tc-resnet8", 5, 203)]
    [InlineData("tc-resnet14", 3, 57)]
    [InlineData("resnet2d", 3, 57)]
    [InlineData("resnet2d", 2, 101)]
    [InlineData("tc-resnet8-stream", 3, 57)]
    [InlineData("tc-resnet14-stream", 2, 203)]
    [InlineData("resnet2d-l", 2, 31)]
    [InlineData("bc-resnet-1", 1, 8)]
    [InlineData("bc-resnet-1.5", 3, 57)]
    [InlineData("matchboxnet-3x2x64", 3, 57)]
    [InlineData("ds-cnn-s", 3, 57)]
    [InlineData("ds-cnn-m", 2, 58)]
    [InlineData("res8", 3, 57)]
    [InlineData("res15-narrow", 2, 31)]
    [InlineData("tenet6", 3, 57)]
    [InlineData("mtenet6", 3, 57)]
    [InlineData("mtenet12", 2, 203)]
    public void Encoder_as_a_graph_embeds_any_number_of_clips_and_frames(string name, int clips, int frames)
    {
        using var model = ExportedModels.Make(new EncoderSettings { Name = name, DynamicRangeDb = name.EndsWith("-stream", StringComparison.Ordinal) ? null : 30 });
        using var scope = NewDisposeScope();
        var features = 2 * randn(clips, 1, 40, frames) - 3;
        ShouldBeClose(GraphComputation.Run(model.Encoder.ExportAll, Values(features), features.shape), Values(model.Encoder.call(features)));
    }

    [Theory]
    [InlineData(HeadKind.Linear)]
    [InlineData(HeadKind.Cosine)]
    public void Head_as_a_graph_computes_its_formula(HeadKind kind)
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        var (x, weight) = (randn(5, 8), 3 * randn(4, 8));
        var expected = kind == HeadKind.Linear
            ? x.matmul(weight.t())
            : 12.5 * nn.functional.normalize(x, 2, 1).matmul(nn.functional.normalize(weight, 2, 1).t());
        ShouldBeClose(GraphComputation.Run((graph, value) => HeadGraph.Logits(graph, value, kind, weight, 12.5), Values(x), x.shape), Values(expected));
    }

    [Fact]
    public void Normalize_of_a_zero_embedding_is_zero() =>
        GraphComputation.Run((graph, x) => graph.Normalize(x), [0, 0, 3, 4], [2, 2]).ShouldBe([0, 0, 0.6f, 0.8f]);

    private static float[] Values(Tensor tensor)
    {
        using var whole = tensor.detach().contiguous();
        return MemoryMarshal.Cast<byte, float>(whole.bytes).ToArray();
    }

    private static void ShouldBeClose(float[] actual, float[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        float scale = expected.Max(Math.Abs);
        for (int i = 0; i < actual.Length; i++) actual[i].ShouldBe(expected[i], 1e-5f * scale);
    }
}

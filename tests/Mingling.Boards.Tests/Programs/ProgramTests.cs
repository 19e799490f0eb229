using Mingling.Boards.Programs;
using Mingling.Boards.Tests.Support;
using Mingling.Training.Encoders;

namespace Mingling.Boards.Tests.Programs;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<TheoryDataRow<string>> Encoders => new EncoderCatalog().Names.Where(name => name is not ("res15" or "ds-cnn-l" or "bc-resnet-8")).Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Encoders))]
    public void A_program_computes_what_ONNX_Runtime_computes(string encoder)
    {
        var (board, reference) = MadeModels.Open(encoder, MadeModels.Export(_folder["model.onnx"], encoder));
        using var disposed = reference;
        var run = new ProgramRun(board.Program);
        foreach (string clip in (string[])["stop/adam_1", "go/alex_1"])
        {
            float[] samples = SampleClips.Read(clip, 16_000);
            run.Clip(board.FeaturesOf(samples), board.WholeFrames);

            var expected = reference.Recognize(samples);
            Largest(expected.Posteriors, run.Scores).ShouldBeLessThan(1e-4);
            Largest(expected.Embedding, run.Embedding).ShouldBeLessThan(1e-4 * Math.Max(1, expected.Embedding.Max(Math.Abs)));
        }
    }

    [Fact]
    public void Dynamic_filter_is_computed_alike()
    {
        var (board, reference) = MadeModels.Open("filtered", MadeModels.Export(_folder["model.onnx"], "tc-resnet8", dynamicFilter: true));
        using var disposed = reference;
        float[] samples = SampleClips.Read("stop/adam_1", 16_000);
        var run = new ProgramRun(board.Program);
        run.Clip(board.FeaturesOf(samples), board.WholeFrames);
        Largest(reference.Recognize(samples).Posteriors, run.Scores).ShouldBeLessThan(1e-4);
    }

    public void Dispose() => _folder.Dispose();

    private static double Largest(float[] a, ReadOnlySpan<float> b)
    {
        b.Length.ShouldBe(a.Length);
        double largest = 0;
        for (int i = 0; i < a.Length; i++) largest = Math.Max(largest, Math.Abs((double)a[i] - b[i]));
        return largest;
    }
}

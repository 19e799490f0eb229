using Mingling.Boards.Models;
using Mingling.Boards.Programs;
using Mingling.Boards.Quantization;
using Mingling.Boards.Tests.Support;
using Mingling.Recognition.Models;
using Mingling.Recognition.Vectors;

namespace Mingling.Boards.Tests.Compiled;

public sealed class Int8StreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static float[][] Clips => [.. ((string[])["stop", "go", "上楼", "开灯"]).SelectMany(SampleClips.Of).Select(file => Mingling.Audio.AudioFile.Read(file, 16_000).Samples)];

    /// <summary>The scores of the C in bytes are those of the program that the export judges by, window after window, states and all.</summary>
    [Theory]
    [InlineData("tc-resnet8-stream")]
    [InlineData("resnet2d-stream")]
    public void Compiled_bytes_are_the_program_s(string encoder)
    {
        string path = BoardModels.Drawn(_folder["model.onnx"], encoder), source = _folder["c"];
        BoardExport.Write(path, source, new BoardExportOptions { Int8 = true, Calibration = Clips, Check = Clips });
        // Sound all the time, so that every window is evaluated and continues the one before.
        var sound = new Mingling.Audio.AudioClip([.. BoardModels.Words(16_000, 4).Samples.Select((x, n) => x + (0.05f * MathF.Sin(n * (0.1f + (0.00001f * n)))))], 16_000);
        TestVectors.Write(path, [sound], _folder["vectors"], new VectorSettings { Rates = [16_000] });
        var stream = HeardStream.ReadVectors(_folder["vectors"]).Streams[0];
        var heard = HeardStream.Of(Toolchain.Compile(Toolchain.Any(), source, 40), _folder["vectors"], stream);

        var model = BoardModel.Read(path, SealedModel.Open(path, File.ReadAllBytes(path)));
        var program = ProgramQuantizer.Quantize(model.Program, RangeSurvey.Measure(model.Program, [.. Clips.Select(model.FeaturesOf)], model.WholeFrames));
        var run = new ProgramRun(program);
        int steps = heard.Scores.Length / 4, lead = model.WholeFrames - model.Window.Frames, evaluated = 0;
        for (int step = 0; step < steps; step++)
        {
            if (heard.Scores.AsSpan(step * 4, 4).ContainsAnyExcept(0f) == false) continue;
            evaluated++;
            int frames = model.Window.Frames + (8 * step);
            float[] features = new float[40 * (lead + frames)];
            for (int bin = 0; bin < 40; bin++)
                for (int i = 0; i < lead + frames; i++) features[(bin * (lead + frames)) + i] = heard.Features[(Math.Max(0, i - lead) * 40) + bin];
            run.Clip(features, lead + frames);
            HeardStream.Largest(run.Scores.ToArray(), heard.Scores[(step * 4)..((step * 4) + 4)]).ShouldBeLessThan(1e-5, $"window {step}");
        }
        evaluated.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Enrolled_words_are_recognised_alike_in_bytes()
    {
        string path = BoardModels.Enrolled(_folder["model.onnx"]);
        var report = BoardExport.Write(path, _folder["c"], new BoardExportOptions { Int8 = true, Calibration = [.. Clips.Where((_, i) => i % 3 == 0)], Check = [.. Clips.Where((_, i) => i % 3 != 0)] });
        report.CheckedClips.ShouldBeGreaterThan(80);
        report.DifferingClips!.Value.ShouldBeLessThanOrEqualTo(0.02);
        TestVectors.Write(path, [BoardModels.Words(16_000, 20)], _folder["vectors"], new VectorSettings { Rates = [16_000] });
        var stream = HeardStream.ReadVectors(_folder["vectors"]).Streams[0];
        var heard = HeardStream.Of(Toolchain.Compile(Toolchain.Any(), _folder["c"], 40), _folder["vectors"], stream);
        heard.Events.Select(word => word[0]).ShouldBe(stream.Events.Select(word => word.Word));
    }

    public void Dispose() => _folder.Dispose();
}

using Mingling.Audio;
using Mingling.Boards.Tests.Support;
using Mingling.Recognition.Vectors;

namespace Mingling.Boards.Tests.Compiled;

/// <summary>The compiled C hears what <c>CommandSpotter</c> hears: frames, scores and events of the same samples, by test vectors.</summary>
public sealed class FloatStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("tc-resnet8-stream", "logmel40")]
    [InlineData("tc-resnet8-stream", "mfcc40")]
    [InlineData("tc-resnet8-stream", "fbank40")]
    [InlineData("resnet2d-stream", "logmel40")]
    [InlineData("tc-resnet8", "logmel40")]
    [InlineData("resnet2d-s", "logmel40")]
    [InlineData("bc-resnet-1", "logmel40")]
    public void Drawn_encoder_gives_the_same_events(string encoder, string features)
    {
        var settings = FeatureSettings.FromName(features);
        // Filters of quiet sound beside loud sound hold the rounding of the transform, which Kaldi's features magnify.
        Compare(BoardModels.Drawn(_folder["model.onnx"], encoder, settings), Toolchain.Any(), [16_000], settings.Bins, seconds: 20, withinFeatures: features == "fbank40" ? 1e-3 : 1e-5);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void Enrolled_words_are_heard_at_every_rate(string compiler)
    {
        Toolchain.Require(compiler);
        Compare(BoardModels.Enrolled(_folder["model.onnx"]), compiler, [8000, 16_000, 44_100, 48_000], bins: 40, seconds: 15, events: true);
    }

    [Fact]
    public void Words_with_a_verifier_are_scored_the_same() =>
        Compare(BoardModels.Enrolled(_folder["model.onnx"], verified: true), Toolchain.Any(), [16_000], bins: 40, seconds: 15, events: true);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Scores_against_the_background_and_by_distance_are_the_same(bool background, bool geometry) =>
        Compare(BoardModels.Drawn(_folder["model.onnx"], "tc-resnet8", background: background, geometry: geometry), Toolchain.Any(), [16_000], bins: 40, seconds: 20, events: true);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.7)]
    [InlineData(1.015)]
    public void Stream_that_is_shorter_than_the_window_is_the_same(double seconds)
    {
        string model = BoardModels.Drawn(_folder["model.onnx"], "tc-resnet8-stream");
        var clip = BoardModels.Words(16_000, 4);
        Compare(model, Toolchain.Any(), [16_000, 48_000], bins: 40, new AudioClip(clip.Samples[..(int)(16_000 * seconds)], 16_000));
    }

    [Fact]
    public void Front_ends_with_every_setting_are_the_same()
    {
        var settings = FeatureSettings.Mfcc40 with
        {
            WindowSamples = 400,
            FftSize = 450,
            Alignment = FrameAlignment.CenteredKaldi,
            RemoveDcOffset = true,
            PreEmphasis = 0.9,
            SpectrumExponent = 1,
            MelBins = 50,
            Cepstra = 20,
            Lifter = 22,
            UseEnergy = true,
            RawEnergy = false,
            EnergyLast = true,
            Compression = FeatureCompression.Decibels,
            LogFloor = 1e-5,
        };
        Compare(BoardModels.Drawn(_folder["model.onnx"], "tc-resnet8-stream", settings), Toolchain.Any(), [16_000], bins: 20, seconds: 5, withinFeatures: 2e-3);
        _folder.Dispose();
        Directory.CreateDirectory(_folder.Path);
        Compare(BoardModels.Drawn(_folder["model.onnx"], "tc-resnet8", settings with { FftSize = 405, Alignment = FrameAlignment.SnipFft, Cepstra = 0, EnergyLast = false }), Toolchain.Any(), [16_000], bins: 51, seconds: 5, withinFeatures: 2e-3);
    }

    public void Dispose() => _folder.Dispose();

    private void Compare(string model, string compiler, int[] rates, int bins, int seconds, bool events = false, double withinFeatures = 1e-5) =>
        Compare(model, compiler, rates, bins, BoardModels.Words(16_000, seconds), events, withinFeatures);

    private void Compare(string model, string compiler, int[] rates, int bins, AudioClip sound, bool events = false, double withinFeatures = 1e-5)
    {
        string vectors = _folder["vectors"];
        TestVectors.Write(model, [sound], vectors, new VectorSettings { Rates = rates, LongestPiece = 4000 });
        foreach (var stream in HeardStream.ReadVectors(vectors).Streams)
        {
            if (events) stream.Events.ShouldNotBeEmpty();
            string source = _folder[$"c-{stream.SampleRate}"];
            BoardExport.Write(model, source, new BoardExportOptions { MicrophoneRate = stream.SampleRate, RoomBlocks = 255 });
            HeardStream.Of(Toolchain.Compile(compiler, source, bins), vectors, stream).ShouldBe(vectors, stream, withinFeatures);
        }
    }
}

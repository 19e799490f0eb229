using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Graphs;
using Mingling.Training.Models;
using Mingling.Training.Recipes;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class StreamExportTests
{
    [Fact]
    public void Export_of_an_encoder_for_streams_tells_what_is_carried_from_step_to_step()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8-stream" });
        ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Check = Tones.Clips(0, 3, 2) }).LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);
        var steps = ModelFile.ReadCard(folder["m.onnx"]).Stream.ShouldNotBeNull();
        steps.Frames.ShouldBe(8);
        steps.States.ShouldBe(
        [
            new("state.means", "next.means", 41, 15),
            new("state.conv", "next.conv", 40, 2),
            new("state.block1_1.conv1", "next.block1_1.conv1", 16, 7),
            new("state.block1_1.conv2", "next.block1_1.conv2", 24, 8),
            new("state.block2_1.conv1", "next.block2_1.conv1", 24, 7),
            new("state.block2_1.conv2", "next.block2_1.conv2", 32, 8),
            new("state.block3_1.conv1", "next.block3_1.conv1", 32, 7),
            new("state.block3_1.conv2", "next.block3_1.conv2", 48, 8),
            new("state.columns", "next.columns", 48, 12),
        ]);
    }

    [Theory]
    [InlineData("tc-resnet8-stream", true, false, null)]
    [InlineData("tc-resnet8-stream", false, true, null)]
    [InlineData("tc-resnet14-stream", true, true, null)]
    [InlineData("resnet2d-stream", true, false, null)]
    [InlineData("resnet2d-stream", false, true, null)]
    [InlineData("resnet2d-stream", true, false, 50)]
    [InlineData("tc-resnet8-stream", false, true, 8)]
    [InlineData("tc-resnet8-stream", true, false, 1000)]
    public void Steps_of_any_length_give_what_the_model_gives_for_the_whole_stream(string name, bool subtractMean, bool isProjected, int? pooledFrames)
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings
        {
            Name = name,
            SubtractMean = subtractMean,
            Width = 0.5,
            EmbeddingSize = isProjected ? 9 : null,
            Normalize = isProjected,
            PooledFrames = pooledFrames,
        });
        ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Check = Tones.Clips(0, 3, 2) }).LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);
        using var recognizer = Recognizer.Load(folder["m.onnx"]);
        // Other sound than the export's check has heard.
        List<float[]> clips = [.. Tones.Clips(5, 2, 2).Select(clip => clip.Samples)];
        StreamCheck.LargestDifference(model, (StreamingEncoder)model.Encoder, recognizer, clips).ShouldBeInRange(1e-12, 1e-4);
    }

    /// <summary>What learned from running sound decides at the end of a word; its clips are put there, by the model in training and by its file.</summary>
    [Theory]
    [InlineData(1.0, 50, 0.5)]
    [InlineData(0.0, 50, null)]
    [InlineData(1.0, null, null)]
    [InlineData(1.0, 200, null)]
    public void Clips_of_a_model_of_running_sound_lie_where_it_decides(double negatives, int? pooledFrames, double? counted)
    {
        var settings = new EncoderSettings { Name = "resnet2d-stream", Width = 0.5, PooledFrames = pooledFrames };
        var recipe = new TrainingRecipe { Encoder = settings, Negatives = new NegativeSettings { Ratio = negatives } };
        using var model = new CommandModel(recipe, ["_unknown_", "a", "b"]);
        model.Evaluating();
        using var recognizer = ModelExporter.ToRecognizer(model, "run");
        if (counted is { } seconds) recognizer.Card.CountedSeconds!.Value.ShouldBeInRange(seconds, seconds + 0.08);
        else recognizer.Card.CountedSeconds.ShouldBeNull();

        float[] word = [.. Tones.Clips(5, 1, 1)[0].Samples.Take(6400)];
        float[] early = [.. word, .. new float[9600]], late = [.. new float[9600], .. word], cut = word;
        float[][] clips = [early, late, cut];
        foreach (var (clip, own) in clips.Zip(model.Recognize(clips))) recognizer.Recognize(clip).Embedding.ShouldBe(own.Embedding, 1e-3);
        float[] window = new float[16000];
        model.Window.Fit(cut, window);
        Array.FindIndex(window, x => x != 0).ShouldBe(counted is null ? 4800 : 16000 - model.Window.Counted + ((model.Window.Counted - cut.Length) / 2));
    }

    [Fact]
    public void ToRecognizer_of_an_encoder_for_streams_listens_step_by_step()
    {
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8-stream" });
        using var recognizer = ModelExporter.ToRecognizer(model, "run");
        StreamCheck.LargestDifference(model, (StreamingEncoder)model.Encoder, recognizer, [.. Tones.Clips(5, 2, 2).Select(clip => clip.Samples)]).ShouldBeInRange(1e-12, 1e-4);
    }

    /// <summary>A clip alone would not show that the graph forgets: before a clip there is nothing to remember.</summary>
    [Fact]
    public void Export_of_a_graph_that_forgets_fails_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var catalog = new EncoderCatalog();
        catalog.Add("forgetful", settings => new ForgetfulEncoder(settings));
        using var model = ExportedModels.Make(new EncoderSettings { Name = "forgetful" }, catalog: catalog);
        Should.Throw<ExportException>(() => ModelExporter.Export(model, folder["m.onnx"])).Message
            .ShouldStartWith("the exported model computes something else step by step than for a whole stream");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tc-resnet8-stream", "logmel40", 400)]
    [InlineData("resnet2d-stream", "logmel40", 400)]
    [InlineData("tc-resnet8-stream", "mfcc40", 320)]
    [InlineData("tc-resnet8-stream", "fbank40", 320)]
    public void Export_with_front_end_of_an_encoder_for_streams_takes_samples_step_by_step(string encoder, string features, int past)
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = encoder, Width = 0.5 }, FeatureSettings.FromName(features));
        ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Input = ModelInput.Samples }).LargestDifference.ShouldBeInRange(1e-12, ModelExporter.Tolerance);
        using var recognizer = Recognizer.Load(folder["m.onnx"]);
        recognizer.Card.Stream.ShouldNotBeNull().States.ShouldContain(new StreamState("state.samples", "next.samples", 1, past));
        List<float[]> clips = [.. Tones.Clips(5, 2, 2).Select(clip => clip.Samples)];
        StreamCheck.LargestDifference(model, (StreamingEncoder)model.Encoder, recognizer, clips).ShouldBeInRange(1e-12, 1e-4);
        // A clip is the end of a stream of silence.
        using var session = recognizer.OpenStepSession();
        float[] state = new float[session.StateSize];
        float[] clip = [.. clips.SelectMany(samples => samples).Take(recognizer.Window.Samples)];
        int silence = (recognizer.Card.Stream!.WholeFrames(recognizer.Window.Frames) * 160) - clip.Length;
        session.Run([.. new float[silence], .. clip], state);
        recognizer.Recognize(clip).Posteriors.ShouldBe(session.Posteriors.ToArray());
    }

    [Fact]
    public void Export_in8_bits_still_listens_step_by_step()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8-stream" });
        var clips = Tones.Clips(0, 3, 2);
        ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Int8 = true, Calibration = clips, Check = clips });
        using var recognizer = Recognizer.Load(folder["m.onnx"]);
        StreamCheck.LargestDifference(model, (StreamingEncoder)model.Encoder, recognizer, [.. clips.Select(clip => clip.Samples)]).ShouldBeInRange(1e-6, 0.3);
    }

    [Fact]
    public void Recognizer_of_a_model_for_streams_judges_many_clips_as_it_judges_each()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8-stream" });
        ModelExporter.Export(model, folder["m.onnx"]);
        using var recognizer = Recognizer.Load(folder["m.onnx"]);
        List<float[]> clips = [.. Tones.Clips(0, 2, 2).Select(clip => clip.Samples)];
        foreach (var (clip, together) in clips.Zip(recognizer.RecognizeAll(clips)))
        {
            var alone = recognizer.Recognize(clip);
            for (int i = 0; i < alone.Embedding.Length; i++) together.Embedding[i].ShouldBe(alone.Embedding[i], 1e-4f);
        }
    }
}

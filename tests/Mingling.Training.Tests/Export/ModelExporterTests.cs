using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class ModelExporterTests
{
    public static TheoryData<EncoderSettings> Encoders()
    {
        var data = new TheoryData<EncoderSettings>();
        foreach (string name in new EncoderCatalog().Names)
        {
            var plain = new EncoderSettings { Name = name };
            data.Add(plain);
            // What comes before and behind the layers is the same for all.
            if (name is not ("tc-resnet8" or "resnet2d")) continue;
            data.Add(plain with { Normalize = true });
            data.Add(plain with { EmbeddingSize = 20 });
            data.Add(plain with { EmbeddingSize = 7, Normalize = true, Width = 0.4 });
            data.Add(plain with { SubtractMean = false });
            // A stream has no loudest frame that all others could be measured by.
            if (name.EndsWith("-stream", StringComparison.Ordinal)) continue;
            data.Add(plain with { DynamicRangeDb = 30, SubtractMean = false });
            data.Add(plain with { DynamicRangeDb = 20 });
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Export_of_any_encoder_computes_what_the_model_computes(EncoderSettings settings)
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(settings);
        var clips = Tones.Clips(0, 3, 2);
        var report = ModelExporter.Export(model, folder["model.onnx"], new ExportOptions { Check = clips });
        report.LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);

        using var recognizer = Recognizer.Load(folder["model.onnx"]);
        var featurizer = new ClipFeaturizer(model.Window);
        foreach (var clip in clips)
        {
            var expected = model.Run([featurizer.Compute(clip.Samples)])[0];
            var actual = recognizer.Recognize(clip.Samples);
            for (int i = 0; i < 4; i++) actual.Posteriors[i].ShouldBe(expected.Posteriors[i], 1e-4f);
            for (int i = 0; i < expected.Embedding.Length; i++) actual.Embedding[i].ShouldBe(expected.Embedding[i], 1e-4f * expected.Embedding.Max(Math.Abs));
            actual.Best.ShouldBe(model.Classes[expected.Best]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Export_with_examples_tells_where_the_words_lie(bool int8)
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        var clips = Tones.Clips(0, 3, 2);
        var report = ModelExporter.Export(model, folder["model.onnx"], new ExportOptions { Examples = clips, Int8 = int8, Calibration = int8 ? clips : [] });
        report.Bytes.ShouldBe(new FileInfo(folder["model.onnx"]).Length);

        using var recognizer = Recognizer.Load(folder["model.onnx"]);
        recognizer.Card.Prototypes.Keys.ShouldBe(clips.Select(clip => clip.Clip.Label).Distinct(), ignoreOrder: true);
        foreach (var (word, prototype) in recognizer.Card.Prototypes)
        {
            float[][] own = clips.Where(clip => clip.Clip.Label == word).Select(clip => recognizer.Recognize(clip.Samples).Embedding).ToArray();
            for (int i = 0; i < prototype.Length; i++)
                prototype[i].ShouldBe(own.Average(vector => vector[i] / MathF.Sqrt(vector.Sum(x => x * x))), 1e-5f);
        }
        using var unwritten = ModelExporter.ToRecognizer(model, "model");
        if (!int8) unwritten.Recognize(clips[0].Samples).Posteriors.ShouldBe(recognizer.Recognize(clips[0].Samples).Posteriors);
    }

    [Theory]
    [InlineData("logmel40")]
    [InlineData("mfcc40")]
    [InlineData("fbank40")]
    [InlineData("fbank80")]
    public void Export_with_front_end_recognizes_from_samples(string features)
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" }, FeatureSettings.FromName(features));
        var report = ModelExporter.Export(model, folder["model.onnx"], new ExportOptions { Input = ModelInput.Samples });
        report.LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);

        using var recognizer = Recognizer.Load(folder["model.onnx"]);
        recognizer.Card.Input.ShouldBe(ModelInput.Samples);
        foreach (var clip in Tones.Clips(0, 2, 1))
        {
            var expected = model.Recognize([clip.Samples])[0];
            var actual = recognizer.Recognize(clip.Samples);
            for (int i = 0; i < 4; i++) actual.Posteriors[i].ShouldBe(expected.Posteriors[i], 1e-3f);
        }
    }

    [Fact]
    public void Export_card_tells_what_the_model_is()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "resnet2d", EmbeddingSize = 9 });
        var note = new TrainingNote { Data = "tones", License = "CC0", Clips = 3 };
        ModelExporter.Export(model, folder["model.onnx"], new ExportOptions { Training = note });
        var card = ModelFile.ReadCard(folder["model.onnx"]);
        card.Classes.ShouldBe(model.Classes);
        card.Features.ShouldBe(model.Window.Features);
        (card.Encoder, card.EmbeddingSize, card.WindowSeconds, card.Scores, card.Head, card.Int8).ShouldBe(("resnet2d", 9, 1, "posteriors", HeadKind.Linear, false));
        card.Training.ShouldBe(note);
    }

    [Fact]
    public void Export_of_a_model_that_compares_cosines_computes_what_it_computes()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        using var vectors = 3 * randn(4, model.Encoder.EmbeddingSize);
        model.Head.Compare(vectors, cosineScale: 9.5);
        var report = ModelExporter.Export(model, folder["model.onnx"], new ExportOptions { Check = Tones.Clips(0, 2, 1) });
        report.Card.Head.ShouldBe(HeadKind.Cosine);
        report.LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);
    }

    [Fact]
    public void Export_twice_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        ModelExporter.Export(model, folder["a.onnx"]);
        ModelExporter.Export(model, folder["b.onnx"]);
        File.ReadAllBytes(folder["a.onnx"]).ShouldBe(File.ReadAllBytes(folder["b.onnx"]));
    }

    [Fact]
    public void Export_into_a_folder_that_is_not_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        Should.Throw<ModelException>(() => ModelExporter.Export(model, folder["none/model.onnx"])).Message.ShouldContain("could not be written");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}

using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class WordGeometryTests
{
    [Fact]
    public void An_export_with_clips_of_its_words_tells_where_they_lie()
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8", Width = 0.5 });
        var clips = Tones.Clips(0, 3, 3).FindAll(clip => model.Classes.Contains(clip.Clip.Label));
        var card = ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Examples = clips }).Card;
        card.Geometry.ShouldNotBeNull();
        card.Geometry.Directions.Keys.ShouldBe(model.Classes.Where(Vocabulary.IsCommand), ignoreOrder: true);
        // Whitened clips of a word point to its own direction more than to the others, in the mean.
        using var recognizer = Recognizer.Load(folder["m.onnx"]);
        recognizer.Card.Geometry!.Whitening.ShouldBe(card.Geometry.Whitening);
        using var held = ModelExporter.ToRecognizer(model, "run", clips);
        held.Card.Geometry!.Whitening.ShouldBe(card.Geometry.Whitening);
    }

    [Fact]
    public void An_encoder_for_streams_and_a_word_with_one_clip_have_no_geometry()
    {
        using var streaming = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8-stream", Width = 0.5 });
        using var heard = ModelExporter.ToRecognizer(streaming, "run", Tones.Clips(0, 3, 3));
        heard.Card.Geometry.ShouldBeNull();
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8", Width = 0.5 });
        using var single = ModelExporter.ToRecognizer(model, "run", Tones.Clips(0, 1, 1));
        single.Card.Geometry.ShouldBeNull();
        single.Card.Prototypes.ShouldNotBeEmpty();
    }
}

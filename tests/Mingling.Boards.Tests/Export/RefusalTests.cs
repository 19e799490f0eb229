using Mingling.Audio;
using Mingling.Boards.Tests.Support;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Recipes;

namespace Mingling.Boards.Tests.Export;

/// <summary>What no board can use is refused in one sentence that names the reason and what would do, and nothing is written.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Model_without_a_word_asks_for_one() => Refused(BaseModel.Name).ShouldBe("base has no word to listen for; add one with 'mingling enroll base --word WORD …'.");

    [Fact]
    public void Front_end_that_remembers_all_sound_is_refused()
    {
        MadeModels.Export(_folder["model.onnx"], "tc-resnet8", FeatureSettings.Pcen40);
        Refused(_folder["model.onnx"]).ShouldContain("PCEN");
    }

    [Fact]
    public void Front_end_within_the_graph_is_refused()
    {
        using var model = new CommandModel(new TrainingRecipe { Encoder = new EncoderSettings { Name = "tc-resnet8" } }, MadeModels.Words);
        model.Evaluating();
        ModelExporter.Export(model, _folder["model.onnx"], new ExportOptions { Input = ModelInput.Samples });
        Refused(_folder["model.onnx"]).ShouldEndWith("export it with features as its input.");
    }

    [Fact]
    public void Operator_that_is_not_known_names_encoders_that_work()
    {
        byte[] bytes = MadeModels.Export(_folder["model.onnx"], "tc-resnet8");
        var card = ModelFile.ReadCard(_folder["model.onnx"]);
        "Hardmax"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("Softmax"u8)));
        File.WriteAllBytes(_folder["model.onnx"], ModelFile.Seal("model.onnx", bytes, card));
        string message = Refused(_folder["model.onnx"]);
        message.ShouldContain("(tc-resnet8) cannot become C: it has the operator Hardmax. ");
        message.ShouldContain("tc-resnet8-stream");
        message.ShouldContain("resnet2d-stream");
    }

    [Fact]
    public void Integers_of_ONNX_are_refused()
    {
        using var model = new CommandModel(new TrainingRecipe { Encoder = new EncoderSettings { Name = "tc-resnet8" } }, MadeModels.Words);
        model.Evaluating();
        ModelExporter.Export(model, _folder["model.onnx"]);
        ModelFile.Update(_folder["model.onnx"], card => card with { Int8 = true });
        Refused(_folder["model.onnx"]).ShouldContain("give the file with floats, and --int8");
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        MadeModels.Export(_folder["model.onnx"], "tc-resnet8-stream");
        Wrong(new BoardExportOptions { Name = "Wake Word" }).ShouldContain("'Wake Word'");
        Wrong(new BoardExportOptions { MicrophoneRate = 5 }).ShouldContain("5 Hz");
        Wrong(new BoardExportOptions { RoomBlocks = 0 }).ShouldContain("RoomBlocks 0");
        Wrong(new BoardExportOptions { Int8 = true }).ShouldContain("clips");
    }

    [Fact]
    public void Damaged_file_is_refused()
    {
        byte[] bytes = MadeModels.Export(_folder["model.onnx"], "tc-resnet8-stream");
        bytes[bytes.Length / 2] ^= 1;
        Should.Throw<ModelException>(() => BoardExport.Write("model.onnx", bytes, _folder["c"])).Message.ShouldContain("damaged");
    }

    public void Dispose() => _folder.Dispose();

    private string Refused(string model)
    {
        string message = Should.Throw<ModelException>(() => BoardExport.Write(model, _folder["c"])).Message;
        Directory.Exists(_folder["c"]).ShouldBeFalse();
        return message;
    }

    private string Wrong(BoardExportOptions options) => Should.Throw<ArgumentException>(() => BoardExport.Write(_folder["model.onnx"], _folder["c"], options)).Message;
}

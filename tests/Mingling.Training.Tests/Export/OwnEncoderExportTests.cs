using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Graphs;
using Mingling.Training.Models;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class OwnEncoderExportTests
{
    [Fact]
    public void Export_of_every_kind_of_layer_computes_what_the_model_computes()
    {
        using var folder = new TemporaryFolder();
        using var model = Make("mixed", settings => new MixedEncoder(settings));
        ModelExporter.Export(model, folder["m.onnx"]).LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);
    }

    [Fact]
    public void Export_of_an_encoder_that_cannot_says_what_is_missing_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var silent = Make("silent", settings => new SilentEncoder(settings));
        Should.Throw<ExportException>(() => ModelExporter.Export(silent, folder["m.onnx"])).Message
            .ShouldBe("the encoder silent cannot be exported; let it override Encoder.Export.");
        using var odd = Make("odd", settings => new OddEncoder(settings));
        Should.Throw<ExportException>(() => ModelExporter.Export(odd, folder["m.onnx"])).Message
            .ShouldBe("a module Tanh cannot be exported; let it implement IGraphModule.");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Export_of_a_graph_that_computes_something_else_fails_and_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.onnx"], "old");
        using var lying = Make("lying", settings => new LyingEncoder(settings));
        Should.Throw<ExportException>(() => ModelExporter.Export(lying, folder["m.onnx"])).Message.ShouldContain("computes something else than the trained one");
        File.ReadAllText(folder["m.onnx"]).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
    }

    private static CommandModel Make(string name, Func<EncoderSettings, Encoder> build)
    {
        var catalog = new EncoderCatalog();
        catalog.Add(name, build);
        return ExportedModels.Make(new EncoderSettings { Name = name, SubtractMean = false }, catalog: catalog);
    }
}

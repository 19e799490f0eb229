using Mingling.Recognition;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Graphs;
using Mingling.Training.Models;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public class EnsembleExportTests
{
    /// <summary>The mean of the logits is, apart from what makes their sum 1, the geometric mean of the posteriors.</summary>
    [Theory]
    [InlineData("tc-resnet8", true, false, false, 0)]
    [InlineData("tc-resnet8", false, true, true, 0)]
    [InlineData("tc-resnet8", true, false, false, 8)]
    [InlineData("tc-resnet8-stream", true, false, false, 0)]
    [InlineData("tc-resnet8-stream", false, true, false, 0)]
    [InlineData("resnet2d-stream", true, true, false, 0)]
    [InlineData("resnet2d-stream", true, false, false, 8)]
    public void Posteriors_are_the_geometric_mean_of_those_of_the_members_and_embeddings_follow_each_other(string name, bool subtractMean, bool isProjected, bool isFiltered, double cosineScale)
    {
        using var folder = new TemporaryFolder();
        var settings = new EncoderSettings
        {
            Name = name,
            SubtractMean = subtractMean,
            Width = 0.5,
            EmbeddingSize = isProjected ? 9 : null,
            Normalize = isProjected,
            DynamicFilter = isFiltered,
        };
        CommandModel[] members = [.. new[] { 1, 2, 3 }.Select(seed => ExportedModels.Make(settings, seed: seed))];
        if (cosineScale > 0) foreach (var member in members) member.Head.Compare(member.Head.Vectors, cosineScale);
        float[][] clips = [.. Tones.Clips(5, 2, 2).Select(clip => clip.Samples)];
        var alone = members.Select(member => member.Recognize(clips)).ToList();

        using var model = ModelEnsemble.Join(members);
        ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Check = Tones.Clips(0, 3, 2) }).LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);
        using var recognizer = Recognizer.Load(folder["m.onnx"]);
        recognizer.Card.EmbeddingSize.ShouldBe(members.Length * alone[0][0].Embedding.Length);
        foreach (var (heard, clip) in recognizer.RecognizeAll(clips).Select((heard, clip) => (heard, clip)))
        {
            double[] means = [.. heard.Posteriors.Select((_, c) => Math.Exp(alone.Average(member => Math.Log(member[clip].Posteriors[c]))))];
            heard.Posteriors.Select(p => (double)p).ShouldBe(means.Select(mean => mean / means.Sum()), 1e-4);
            heard.Embedding.ShouldBe([.. alone.SelectMany(member => cosineScale > 0 ? Unit(member[clip].Embedding) : member[clip].Embedding)], 1e-3);
        }
    }

    private static float[] Unit(float[] vector)
    {
        float length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }

    [Fact]
    public void Threshold_in_streams_has_the_mean_odds_of_the_members()
    {
        using var model = ModelEnsemble.Join([WithThreshold(0.8), WithThreshold(0.5)]);
        model.StreamThreshold!.Value.ShouldBe(2.0 / 3, 1e-12);
        using var unknown = ModelEnsemble.Join([WithThreshold(0.8), WithThreshold(null)]);
        unknown.StreamThreshold.ShouldBeNull();

        static CommandModel WithThreshold(double? threshold)
        {
            var made = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8-stream", Width = 0.5 });
            made.StreamThreshold = threshold;
            return made;
        }
    }

    [Fact]
    public void One_model_is_itself()
    {
        using var model = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        ModelEnsemble.Join([model]).ShouldBeSameAs(model);
    }

    [Fact]
    public void Models_that_do_not_fit_are_refused_in_a_sentence()
    {
        using var first = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        using var wider = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8", Width = 2 });
        Refused(first, wider).ShouldEndWith("model 2 has another encoder, or other settings of it, than the first.");
        using var other = new CommandModel(first.Recipe, ["fall", "flat", "up"]);
        Refused(first, other).ShouldEndWith("model 2 has other words than the first.");
        using var longer = new CommandModel(first.Recipe with { WindowSeconds = 2 }, first.Classes);
        Refused(first, longer).ShouldEndWith("model 2 has another window than the first.");
        using var cosines = ExportedModels.Make(new EncoderSettings { Name = "tc-resnet8" });
        cosines.Head.Compare(cosines.Head.Vectors, 8);
        Refused(first, cosines).ShouldEndWith("model 2 has another kind of classifier than the first.");

        static string Refused(params CommandModel[] models) => Should.Throw<ExportException>(() => ModelEnsemble.Join(models)).Message;
    }
}

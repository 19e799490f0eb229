using Mingling.Audio;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests.Models;

public class ModelFileTests
{
    private static readonly ModelCard Full = MadeModel.Card with
    {
        Head = HeadKind.Cosine,
        Int8 = true,
        Features = FeatureSettings.LogMel40 with { LowHz = 20.5 },
        Enrolled = [new EnrolledWord("香蕉", [1, 2, 3, 4, 5, -6.5f], 3, 0.75), new EnrolledWord("apple", [0, 0, 0, 0, 0, 1e-3f], 1, -1)],
        Thresholds = new Dictionary<string, double> { ["停"] = 0.5, ["go"] = 0 },
        Calibration = new Calibration(0.5, 3.25, "an evening of television") { Commands = [new("go", 0.75, 0.5, 1.25), new("香蕉", 0.6)], HopMs = 40, SmoothingMs = 200 },
        Prototypes = new Dictionary<string, float[]> { ["go"] = [1, 0, 0, 0, 0, 2] },
        Training = new TrainingNote { Data = "commands", License = "CC0 \"as is\"", Clips = 400, Epochs = 12, ValidationAccuracy = 0.9 },
    };

    [Fact]
    public void Card_written_and_read_is_the_same()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.onnx"], MadeModel.Bytes(Full));
        var card = ModelFile.ReadCard(folder["m.onnx"]);

        card.Features.ShouldBe(Full.Features);
        card.Classes.ShouldBe(Full.Classes);
        card.Thresholds.ShouldBe(Full.Thresholds, ignoreOrder: true);
        card.Enrolled.Count.ShouldBe(2);
        foreach (var (read, written) in card.Enrolled.Zip(Full.Enrolled))
        {
            (read.Word, read.Count, read.Threshold).ShouldBe((written.Word, written.Count, written.Threshold));
            read.Vector.ShouldBe(written.Vector);
        }
        card.Calibration!.Commands.ShouldBe(Full.Calibration!.Commands);
        (card.Calibration with { Commands = [] }).ShouldBe(Full.Calibration with { Commands = [] });
        card.Prototypes.Keys.ShouldBe(Full.Prototypes.Keys);
        card.Prototypes["go"].ShouldBe(Full.Prototypes["go"]);
        card.Training.ShouldBe(Full.Training);
        (card.Head, card.Int8, card.Input, card.WindowSeconds, card.EmbeddingSize, card.Encoder, card.Version)
            .ShouldBe((Full.Head, Full.Int8, Full.Input, Full.WindowSeconds, Full.EmbeddingSize, Full.Encoder, Full.Version));
    }

    /// <summary>Many that change one file at the same time: nothing of what any of them did is lost.</summary>
    [Fact]
    public void Update_from_many_threads_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = folder["m.onnx"];
        File.WriteAllBytes(path, MadeModel.Bytes());
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            var word = new EnrolledWord($"word {i}", [1, 0, 0, 0, 0, i], 1, 0.5);
            ModelFile.Update(path, card => EnrolledWords.Add(card, word)).Enrolled.ShouldContain(word);
        });
        ModelFile.ReadCard(path).Enrolled.Select(word => word.Word).Order().ShouldBe(Enumerable.Range(0, 24).Select(i => $"word {i}").Order());
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void Card_of_an_earlier_version_keeps_its_licence()
    {
        string card = ModelCardJson.Write(MadeModel.Card with { Training = new TrainingNote { License = "CC0" } }).Replace("\"license\"", "\"licence\"", StringComparison.Ordinal);
        var read = SealedModel.Open("made", SealedModel.SealText("made", MadeModel.Graph(), card)).Card;
        read.Training.License.ShouldBe("CC0");
        ModelCardJson.Write(read).ShouldContain("\"license\":\"CC0\"");
    }

    [Fact]
    public void Update_that_fails_leaves_the_file_and_lets_the_next_one_in()
    {
        using var folder = new TemporaryFolder();
        string path = folder["m.onnx"];
        byte[] whole = MadeModel.Bytes();
        File.WriteAllBytes(path, whole);
        Should.Throw<InvalidOperationException>(() => ModelFile.Update(path, _ => throw new InvalidOperationException("no")));
        File.ReadAllBytes(path).ShouldBe(whole);
        ModelFile.Update(path, card => card with { Training = new TrainingNote { Clips = 7 } }, folder["n.onnx"]).Training.Clips.ShouldBe(7);
        File.ReadAllBytes(path).ShouldBe(whole);
        ModelFile.ReadCard(folder["n.onnx"]).Training.Clips.ShouldBe(7);
    }

    [Fact]
    public void Card_replaced_leaves_every_other_byte_of_the_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder["m.onnx"];
        byte[] graph = MadeModel.Graph();
        File.WriteAllBytes(path, MadeModel.Bytes());
        for (int round = 0; round < 3; round++)
        {
            ModelFile.WriteCard(path, Full with { Features = MadeModel.Card.Features, Training = new TrainingNote { Clips = round } });
            byte[] now = File.ReadAllBytes(path);
            now.AsSpan(0, graph.Length).SequenceEqual(graph).ShouldBeTrue();
            WireFormat.Fields(now).Count(field => field.Number == 14).ShouldBe(2);
            ModelFile.ReadCard(path).Training.Clips.ShouldBe(round);
        }
        ModelFile.WriteCard(path, MadeModel.Card);
        File.ReadAllBytes(path).ShouldBe(MadeModel.Bytes());
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Card_replaced_keeps_the_metadata_of_others()
    {
        using var folder = new TemporaryFolder();
        byte[] entry = [0x72, 0x08, 0x0A, 0x01, (byte)'k', 0x12, 0x03, (byte)'o', (byte)'w', (byte)'n'];
        File.WriteAllBytes(folder["m.onnx"], ModelFile.Seal("m", [.. entry, .. MadeModel.Graph()], MadeModel.Card));
        ModelFile.WriteCard(folder["m.onnx"], Full with { Features = MadeModel.Card.Features });
        File.ReadAllBytes(folder["m.onnx"]).AsSpan(0, entry.Length).SequenceEqual(entry).ShouldBeTrue();
    }

    [Fact]
    public void Card_of_another_graph_or_out_of_range_is_not_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder["m.onnx"];
        File.WriteAllBytes(path, MadeModel.Bytes());
        var card = MadeModel.Card;
        EnrolledWord word = new("banana", [1, 0, 0, 0, 0, 0], 1, 0.5);
        Refused(card with { Classes = ["go", "stop", "left"] }, "does not fit the graph");
        Refused(card with { WindowSeconds = 1.5 }, "does not fit the graph");
        foreach (double counted in new[] { 0, -1, 1.01, double.NaN })
            Refused(card with { CountedSeconds = counted }, $"what counts of the window must be above 0 and at most the window of 1 seconds, not {counted}");
        Refused(card with { Features = card.Features with { MelBins = 41 } }, "does not fit the graph");
        Refused(card with { Enrolled = [word with { Vector = [1, 2] }] }, "the prototype of 'banana' has 2 values instead of 6");
        Refused(card with { Enrolled = [word with { Vector = [0, 0, 0, 0, 0, 0] }] }, "has no direction");
        Refused(card with { Enrolled = [word with { Vector = [float.NaN, 0, 0, 0, 0, 0] }] }, "has no direction");
        Refused(card with { Enrolled = [word with { Threshold = double.NaN }, word with { Count = 0 }] }, "must be −1 to 1, not NaN; 'banana' was enrolled from 0 examples");
        Refused(card with { Thresholds = new Dictionary<string, double> { ["left"] = 0.5 } }, "'left', which is no class");
        Refused(card with { Thresholds = new Dictionary<string, double> { ["go"] = 1.5 } }, "the threshold of 'go' must be 0 to 1");
        Refused(card with { Calibration = new Calibration(0, 1, "") }, "a rate and hours above 0");
        Refused(card with { Calibration = new Calibration(1, double.PositiveInfinity, "") }, "a rate and hours above 0");
        Refused(card with { Calibration = new Calibration(1, 1, "") { Commands = [null!] } }, "a calibrated threshold is null");
        Refused(card with { Calibration = new Calibration(1, 1, "") { Commands = [new("go", 0.5), new("go", 0.6)] } }, "'go' has two calibrated thresholds");
        Refused(card with { Calibration = new Calibration(1, 1, "") { Commands = [new("go", 0.5, double.NaN)] } }, "the false alarms of 'go' per hour");
        Refused(card with { Enrolled = [word with { Word = "go" }] }, "'go' was enrolled, but is a class already");
        Refused(card with { Enrolled = [word, word] }, "'banana' is enrolled twice");
        Refused(card with { Enrolled = [word with { Word = "_x_" }] }, "underscores mark what is no command");
        Refused(card with { Enrolled = [null!] }, "an enrolled word is null");
        Refused(card with { Format = 2 }, "its format is 2 instead of 1");
        Refused(card with { Training = new() { Clips = -1 } }, "clips and of epochs must be 0 or more");
        Refused(card with { Training = new() { ValidationAccuracy = double.NaN } }, "the accuracy must be 0 to 1");

        void Refused(ModelCard bad, string why)
        {
            Should.Throw<ModelException>(() => ModelFile.WriteCard(path, bad)).Message.ShouldContain(why);
            File.ReadAllBytes(path).ShouldBe(MadeModel.Bytes());
        }
    }

    [Fact]
    public void Card_whose_writing_fails_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder["m.onnx"];
        File.WriteAllBytes(path, MadeModel.Bytes());
        Directory.CreateDirectory(folder["taken"]);
        Should.Throw<ModelException>(() => ModelFile.WriteCard(path, MadeModel.Card with { Version = "2" }, folder["taken"])).Message.ShouldContain("could not be written");
        Directory.GetFileSystemEntries(folder.Path).Length.ShouldBe(2);
        ModelFile.ReadCard(path).Version.ShouldBe("0.0");
    }
}

using System.Text;
using CsCheck;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests;

/// <summary>Whatever is wrong with a model file, one sentence says so, and nothing but <see cref="ModelException"/> comes out.</summary>
public class BadModelTests
{
    [Fact]
    public void Load_of_a_file_that_is_no_model_says_why()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = MadeModel.Bytes();
        Refused([], "it is cut short or is not an ONNX model");
        Refused("this is a text, and a long one at that"u8.ToArray(), "is not an ONNX model");
        Refused(whole[..(whole.Length / 3)], "cut short");
        Refused(whole[..^1], "cut short");
        Refused(MadeModel.Graph(), "without the card of Mingling; make one with 'mingling export'");
        whole[whole.Length / 2] ^= 4;
        Refused(whole, "is damaged: its content does not match its checksum");
        Refused([.. Enumerable.Range(0, 65_537).SelectMany(_ => new byte[] { 0x08, 0x01 })], "it has more than 65,536 fields");
        Should.Throw<ModelException>(() => Recognizer.Load(folder["missing.onnx"])).Message.ShouldContain("missing.onnx could not be read");
        Should.Throw<ModelException>(() => Recognizer.Load(folder.Path)).Message.ShouldEndWith("is a folder; name a model file.");

        void Refused(byte[] bytes, string why)
        {
            File.WriteAllBytes(folder["bad.onnx"], bytes);
            ShouldSay(Should.Throw<ModelException>(() => Recognizer.Load(folder["bad.onnx"])).Message, why);
            ShouldSay(Should.Throw<ModelException>(() => ModelFile.WriteCard(folder["bad.onnx"], MadeModel.Card)).Message, why);
            File.ReadAllBytes(folder["bad.onnx"]).ShouldBe(bytes);
        }
    }

    [Fact]
    public void Load_of_a_graph_that_contradicts_its_card_says_how()
    {
        var card = MadeModel.Card;
        Contradicts(MadeModel.Graph(), card with { Classes = ["a", "b"] }, "its output 'scores' is [any, 3] instead of [any, 2]");
        Contradicts(MadeModel.Graph(), card with { EmbeddingSize = 7 }, "its output 'embedding' is [any, 6] instead of [any, 7]");
        Contradicts(MadeModel.Graph(), card with { Features = FeatureSettings.Fbank(80) }, "its input 'features' is [any, 1, 40, any] instead of [any, 1, 80, any]");
        Contradicts(MadeModel.Graph(), card with { Input = ModelInput.Samples }, "it has no input 'samples'");
        Contradicts(MadeModel.Graph(input: "x", scores: "y"), card, "it has no input 'features'; it has no output 'scores'");
    }

    [Fact]
    public void Load_of_another_format_says_which_it_reads()
    {
        byte[] bytes = Forged("{\"format\":1,", "{\"format\":2,");
        Should.Throw<ModelException>(() => SealedModel.Open("new.onnx", bytes)).Message.ShouldBe("new.onnx is of format 2; this version of Mingling reads format 1.");
    }

    [Fact]
    public void Card_larger_than_a_card_can_be_is_neither_written_nor_read() =>
        Should.Throw<ModelException>(() => SealedModel.SealText("large", MadeModel.Graph(), new string(' ', 1 << 26))).Message.ShouldContain("(64 MiB)");

    [Theory]
    [InlineData("\"version\":\"0.0\"", "\"version\":null")]
    [InlineData("\"version\":\"0.0\"", "\"versio\":\"0.0\"")]
    [InlineData("\"classes\":[\"go\",", "\"classes\":[null,")]
    [InlineData("\"classes\":[\"go\",", "\"classes\":[\"stop\",")]
    [InlineData("\"enrolled\":[]", "\"enrolled\":[null]")]
    [InlineData("\"enrolled\":[]", "\"enrolled\":[{\"word\":\"a\",\"vector\":null,\"count\":1,\"threshold\":0}]")]
    [InlineData("\"enrolled\":[],\"thresholds\":{},\"calibration\":null", "\"enrolled\":[null],\"thresholds\":{},\"calibration\":{\"falseAlarmsPerHour\":1,\"hours\":1,\"source\":\"\",\"commands\":[{\"command\":\"a\",\"threshold\":0.5}]}")]
    [InlineData("\"calibration\":null", "\"calibration\":{\"falseAlarmsPerHour\":1,\"hours\":1,\"source\":\"\",\"commands\":[null]}")]
    [InlineData("\"calibration\":null", "\"calibration\":{\"falseAlarmsPerHour\":1,\"hours\":1e999,\"source\":\"\"}")]
    [InlineData("\"classes\":[\"go\",\"stop\",\"停\"]", "\"classes\":[\"_go_\",\"_stop_\",\"_停_\"]")]
    [InlineData("{\"format\":1,", "{")]
    [InlineData("\"features\":{", "\"features\":null,\"x\":{")]
    [InlineData("\"sampleRate\":16000", "\"sampleRate\":-1")]
    [InlineData("\"hopSamples\":160", "\"hopSamples\":0")]
    [InlineData("\"windowSeconds\":1", "\"windowSeconds\":1e9")]
    [InlineData("\"scores\":\"posteriors\"", "\"scores\":\"logits\"")]
    [InlineData("\"embeddingSize\":6", "\"embeddingSize\":999999999")]
    [InlineData("\"input\":\"Features\"", "\"input\":7")]
    [InlineData("{\"format\"", "[\"format\"")]
    public void Load_of_a_card_that_makes_no_sense_is_refused(string text, string instead)
    {
        byte[] bytes = Forged(text, instead);
        ShouldSay(Should.Throw<ModelException>(() => Load(bytes)).Message, "");
    }

    /// <summary>Whatever a field of a card is or lacks, the model works or one sentence says why it does not.</summary>
    [Fact]
    public void Load_of_a_card_with_any_field_changed_works_or_is_refused()
    {
        var card = MadeStreamModel.Card with
        {
            Prototypes = new Dictionary<string, float[]> { ["go"] = [1, 0, 0, 0, 0, 2] },
            Geometry = new EmbeddingGeometry(new float[6], new float[36], new Dictionary<string, float[]> { ["go"] = [1, 0, 0, 0, 0, 2] }, 1),
            Cohort = [[1, 2, 3, 4, 5, 6]],
            Enrolled = [new EnrolledWord("new", [1, 0, 0, 0, 0, 0], 3, 0.8)],
            Verifiers = [new CommandVerifier("new", [1, 0, 0, 0, 0, 0], 0.5, 3)],
            Thresholds = new Dictionary<string, double> { ["go"] = 0.5 },
            Calibration = new Calibration(0.5, 2, "made") { Commands = [new CommandThreshold("go", 0.9, 0.5, 1)] },
            Training = new TrainingNote { Clips = 4, ValidationAccuracy = 0.5 },
        };
        byte[] graph = MadeStreamModel.Graph();
        int refused = 0, read = 0;
        foreach (string changed in ChangedJson.Of(ModelCardJson.Write(card)))
        {
            try
            {
                byte[] bytes = SealedModel.SealText("made", graph, changed);
                using var recognizer = Recognizer.Load("made", bytes);
                recognizer.Recognize(MadeModel.Clip(1));
                using var spotter = recognizer.OpenStream(16_000);
                spotter.Push(MadeModel.Clip(2, 20_000));
                ModelCardJson.Write(recognizer.Card).ShouldNotBeEmpty();
                read++;
            }
            catch (ModelException e)
            {
                ShouldSay(e.Message, "");
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message} of {changed}");
            }
        }
        refused.ShouldBeGreaterThan(300);
        read.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Load_of_a_file_with_a_flipped_bit_or_cut_short_is_always_refused()
    {
        byte[] whole = MadeModel.Bytes();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Sample((at, bits) =>
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= bits;
            ShouldSay(Should.Throw<ModelException>(() => Load(flipped)).Message, "");
        }, iter: 3000);
        Gen.Int[0, whole.Length - 1].Sample(length => ShouldSay(Should.Throw<ModelException>(() => Load(whole[..length])).Message, ""), iter: 500);
        Gen.Byte.Array[0, 200].Sample(bytes => ShouldSay(Should.Throw<ModelException>(() => Load(bytes)).Message, ""), iter: 2000);
    }

    /// <summary>A checksum finds damage, not malice: a graph that was changed before it was sealed must be survived too.</summary>
    [Fact]
    public void Load_of_a_sealed_graph_full_of_errors_throws_nothing_else()
    {
        var random = new Random(5);
        byte[] graph = MadeModel.Graph();
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] bad = [.. graph];
            for (int k = random.Next(1, 4); k > 0; k--) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            try
            {
                Load(ModelFile.Seal("made", bad, MadeModel.Card));
            }
            catch (ModelException e)
            {
                ShouldSay(e.Message, "");
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(100);
    }

    private static void Contradicts(byte[] graph, ModelCard card, string how) =>
        ShouldSay(Should.Throw<ModelException>(() => Load(ModelFile.Seal("made", graph, card))).Message, $"contradicts its card: {how}");

    private static void Load(byte[] bytes) => Recognizer.Load("made", bytes).Dispose();

    /// <summary>A file with a whole checksum over a card that Mingling would not write.</summary>
    private static byte[] Forged(string text, string instead)
    {
        string card = ModelCardJson.Write(MadeModel.Card);
        card.ShouldContain(text);
        return SealedModel.SealText("made", MadeModel.Graph(), card.Replace(text, instead));
    }

    private static void ShouldSay(string message, string what)
    {
        message.ShouldContain(what);
        message.ShouldEndWith(".");
        message.ShouldNotContain("\n");
        Encoding.UTF8.GetByteCount(message).ShouldBeLessThan(1000);
    }
}

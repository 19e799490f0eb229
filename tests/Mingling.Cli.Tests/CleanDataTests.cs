using System.Text.Json;
using Mingling.Audio;

namespace Mingling.Cli.Tests;

/// <summary>A run says what is wrong with a corpus.</summary>
public class CleanDataTests
{
    [Fact]
    public void Inspect_with_a_model_lists_what_it_finds()
    {
        using var tones = new ToneCorpus();
        MinglingProcess.Run(tones.Folder, "train", "corpus", "--out", "run", "--epochs", "25", "--batch", "16").ExitCode.ShouldBe(0);
        // A voice that validates is heard again, more quietly, as another speaker's.
        var spoken = AudioFile.Read(Path.Combine(tones.Corpus, "turn on", "speaker3_take_0.wav"));
        WavWriter.Write(Path.Combine(tones.Corpus, "turn on", "speaker0_take_9.wav"), new AudioClip([.. spoken.Samples.Select(sample => sample / 2)], spoken.SampleRate));
        File.Copy(Path.Combine(tones.Corpus, "停", "speaker1_take_0.wav"), Path.Combine(tones.Corpus, "turn off", "speaker1_take_9.wav"));
        Directory.CreateDirectory(Path.Combine(tones.Corpus, "strange"));
        foreach (int speaker in new[] { 0, 3 })
            File.Copy(Path.Combine(tones.Corpus, "停", $"speaker{speaker}_take_0.wav"), Path.Combine(tones.Corpus, "strange", $"speaker{speaker}_take_0.wav"));

        string[] files = Directory.GetFiles(tones.Corpus, "*.wav", SearchOption.AllDirectories);
        File.WriteAllText(Path.Combine(tones.Corpus, "manifest.csv"), "path,label,speaker,split\n" + string.Concat(files.Select(file =>
        {
            string word = Path.GetFileName(Path.GetDirectoryName(file))!, name = Path.GetFileName(file), speaker = name[..8];
            return $"{word}/{name},{word},{speaker},{(speaker == "speaker3" ? "validation" : "train")}\n";
        })));

        string[] asked = ["corpus", "inspect", "corpus/manifest.csv"];
        var model = Model(tones, [.. asked, "--model", "run", "--most", "2"]);
        model.GetProperty("judged").GetInt32().ShouldBe(38);
        model.GetProperty("notJudged").GetInt32().ShouldBe(2);
        model.GetProperty("unknownWords").EnumerateArray().Single().GetString().ShouldBe("strange");
        Listed(model, "suspects").Select(clip => clip.GetProperty("clip").GetString()).ShouldContain("turn off/speaker1_take_9.wav");
        var copies = model.GetProperty("nearDuplicates");
        copies.GetProperty("count").GetInt32().ShouldBe(3, "all takes of a made voice are alike");
        Listed(model, "nearDuplicates").Count.ShouldBe(2);
        foreach (var pair in Listed(model, "nearDuplicates"))
        {
            pair.GetProperty("first").GetString().ShouldBe("turn on/speaker0_take_9.wav");
            pair.GetProperty("firstSplit").GetString().ShouldBe("train");
            pair.GetProperty("second").GetString().ShouldStartWith("turn on/speaker3");
        }
        model.GetProperty("speechless").GetProperty("count").GetInt32().ShouldBe(40, "steady tones say nothing");

        MinglingProcess.Run(tones.Folder, "export", "run", "--out", "model.onnx").ExitCode.ShouldBe(0);
        Model(tones, [.. asked, "--model", "model.onnx"]).GetProperty("judged").GetInt32().ShouldBe(38);

        var shown = MinglingProcess.Run(tones.Folder, [.. asked, "--model", "run"]);
        shown.ExitCode.ShouldBe(0, shown.Error);
        shown.Output.ShouldContain("the model judged the labels of 38 clips");
        shown.Output.ShouldContain("2 clips were not judged; the model does not know strange");
        shown.Output.ShouldContain("turn on/speaker0_take_9.wav (Train) ≈ turn on/speaker3");
        shown.Output.ShouldContain("Nothing said (40)");
        var plain = MinglingProcess.Run(tones.Folder, asked);
        plain.ExitCode.ShouldBe(0, plain.Error);
        plain.Output.ShouldNotContain("the model judged");
        plain.Output.ShouldNotContain("Nothing said");

        File.Delete(Path.Combine(tones.Corpus, "manifest.csv"));
        foreach (string word in new[] { "turn on", "turn off", "停" }) Directory.Move(Path.Combine(tones.Corpus, word), Path.Combine(tones.Corpus, "not " + word));
        Refused(tones, "carries a word of the model; it knows turn off, turn on, 停.");
        File.Delete(tones["run/best.safetensors"]);
        Refused(tones, "run has no finished epoch yet; train it first");
    }

    private static void Refused(ToneCorpus tones, string sentence)
    {
        var result = MinglingProcess.Run(tones.Folder, "corpus", "inspect", "corpus", "--model", "run");
        result.ExitCode.ShouldBe(1, result.Error);
        result.Error.ShouldContain(sentence);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }

    private static JsonElement Model(ToneCorpus tones, string[] arguments)
    {
        var result = MinglingProcess.Run(tones.Folder, [.. arguments, "--json"]);
        result.ExitCode.ShouldBe(0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("model");
    }

    private static List<JsonElement> Listed(JsonElement model, string kind) => [.. model.GetProperty(kind).GetProperty("worst").EnumerateArray()];
}

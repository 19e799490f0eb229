using System.Text.Json;

namespace Mingling.Cli.Tests;

/// <summary>The name base in the place of a model or of a run.</summary>
public class BaseTests
{
    [Fact]
    public void Words_enrolled_to_the_base_encoder_are_recognized_without_training()
    {
        using var tones = new ToneCorpus();
        string[] clips = ["speaker0_take_0.wav", "speaker1_take_0.wav", "speaker2_take_0.wav"];
        string Clip(string word, string file) => Path.Combine(tones.Corpus, word, file);

        Fail(tones, 2, "name the model file to write with --out", "enroll", "base", "--word", "stop", Clip("停", clips[0]));
        Fail(tones, 2, "--language goes with --text", "enroll", "base", "--word", "stop", Clip("停", clips[0]), "--language", "de", "--out", "m.onnx");
        Succeed(tones, ["enroll", "base", "--word", "stop", .. clips.Select(file => Clip("停", file)), "--out", "mine.onnx", "--force"]).ShouldStartWith("stop\t3 examples");
        Succeed(tones, ["enroll", "mine.onnx", "--word", "on", .. clips.Select(file => Clip("turn on", file)), "--force"]).ShouldContain("on\t3 examples");
        Succeed(tones, ["recognize", "mine.onnx", Clip("停", "speaker3_take_1.wav"), Clip("turn on", "speaker3_take_1.wav"), "--json"]).ShouldNotBeEmpty();
        Succeed(tones, ["enroll", "base", "--list"]).ShouldBeEmpty();
    }

    [Fact]
    public void Evaluate_of_the_base_encoder_enrolls_the_words_of_a_corpus()
    {
        using var tones = new ToneCorpus();
        var report = JsonDocument.Parse(Succeed(tones, ["evaluate", "base", tones.Corpus, "--few-shot", "2", "--repeats", "2", "--json", "--out", tones["few"]])).RootElement;
        report.GetProperty("knownWords").GetArrayLength().ShouldBe(3);
        report.GetProperty("accuracy").GetDouble().ShouldBeInRange(0.3, 1);
        Fail(tones, 2, "base knows no words yet; enroll some of the clips with --few-shot K", "evaluate", "base", tones.Corpus);
    }

    [Fact]
    public void Train_from_the_base_encoder_takes_its_encoder_and_refuses_another()
    {
        using var tones = new ToneCorpus();
        Succeed(tones, ["train", tones.Corpus, "--from", "base", "--encoder-rate", "0", "--epochs", "1", "--out", "run"]);
        string recipe = Succeed(tones, ["recipe", "--from", "run"]);
        recipe.ShouldContain("from = \"base\"");
        recipe.ShouldContain("name = \"resnet2d-stream\"");
        Succeed(tones, ["train", tones.Corpus, "--from", "run", "--epochs", "1", "--out", "more"]);
        Fail(tones, 1, "base has the encoder resnet2d-stream and not tc-resnet8", "train", tones.Corpus, "--from", "base", "--encoder", "tc-resnet8", "--epochs", "1", "--out", "other");
        Fail(tones, 1, "holds no run", "train", tones.Corpus, "--from", "nowhere", "--epochs", "1", "--out", "other");
    }

    private static string Succeed(ToneCorpus tones, string[] arguments)
    {
        var result = MinglingProcess.Run(tones.Folder, arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output;
    }

    private static void Fail(ToneCorpus tones, int code, string message, params string[] arguments)
    {
        var result = MinglingProcess.Run(tones.Folder, arguments);
        result.ExitCode.ShouldBe(code, result.Output);
        result.Error.ShouldContain(message);
    }
}

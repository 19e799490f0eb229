using System.Text.Json;

namespace Mingling.Cli.Tests;

public class ExportTests
{
    [Fact]
    public void Export_of_a_run_gives_a_file_that_recognizes_alike()
    {
        using var tones = new ToneCorpus();
        Succeed(tones, "train", tones.Corpus, "--out", "run", "--epochs", "25", "--batch", "16");
        foreach (string[] options in new string[][] { [], ["--with-front-end"], ["--int8"], ["--int8", "--calibration", tones.Corpus, "--last"] })
        {
            var report = Json(Succeed(tones, ["export", "run", "--out", "model.onnx", "--licence", "own voice", "--json", .. options]));
            report.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(tones["model.onnx"]).Length);
            report.GetProperty("checkedClips").GetInt32().ShouldBe(9);
            report.GetProperty("largestDifference").GetDouble().ShouldBeLessThan(1e-4);
            report.GetProperty("agreement").GetDouble().ShouldBeGreaterThan(0.7);
        }

        Succeed(tones, "export", "run", "--out", "model.onnx").ShouldContain("On 9 held-out clips the graph and the model in training differ by at most");
        string clip = Path.Combine(tones.Corpus, "停", "speaker0_take_0.wav");
        Succeed(tones, "recognize", "model.onnx", clip).ShouldBe(Succeed(tones, "recognize", "run", clip));

        File.WriteAllText(tones["list.csv"], "file,class\n停/speaker0_take_0.wav,停\nturn on/speaker3_take_0.wav,turn on\n");
        string[] judged = [tones.Corpus, "--list", "list.csv", "--json"];
        var ofRun = Json(Succeed(tones, ["evaluate", "run", .. judged]));
        var ofFile = Json(Succeed(tones, ["evaluate", "model.onnx", .. judged]));
        foreach (string figure in new[] { "clips", "accuracy" }) ofFile.GetProperty(figure).GetDouble().ShouldBe(ofRun.GetProperty(figure).GetDouble(), figure);
        ofFile.GetProperty("clips").GetInt32().ShouldBe(2);
        File.Exists(tones["model-evaluation/evaluation.png"]).ShouldBeTrue();

        var last = MinglingProcess.Run(tones.Folder, "evaluate", "model.onnx", tones.Corpus, "--last");
        last.ExitCode.ShouldBe(2);
        last.Error.ShouldContain("model.onnx is a model file and has only its own");
        var part = MinglingProcess.Run(tones.Folder, "evaluate", "model.onnx", tones.Corpus, "--part", "test");
        part.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Two_runs_become_one_file()
    {
        using var tones = new ToneCorpus();
        foreach (string seed in new[] { "1", "2" }) Succeed(tones, "train", tones.Corpus, "--out", $"run{seed}", "--epochs", "5", "--batch", "16", "--validation-share", "0.4", "--seed", seed);
        var report = Json(Succeed(tones, "export", "run1", "run2", "--out", "model.onnx", "--json"));
        report.GetProperty("checkedClips").GetInt32().ShouldBeGreaterThan(0);
        report.GetProperty("largestDifference").GetDouble().ShouldBeLessThan(1e-4);
        var alone = Json(Succeed(tones, "export", "run1", "--out", "one.onnx", "--json"));
        report.GetProperty("bytes").GetInt64().ShouldBeInRange(3 * alone.GetProperty("bytes").GetInt64() / 2, 5 * alone.GetProperty("bytes").GetInt64() / 2);
        Succeed(tones, "recognize", "model.onnx", Path.Combine(tones.Corpus, "停", "speaker0_take_0.wav")).ShouldNotBeEmpty();

        Succeed(tones, "train", tones.Corpus, "--out", "short", "--epochs", "1", "--batch", "16", "--window", "0.7");
        var unlike = MinglingProcess.Run(tones.Folder, "export", "run1", "short", "--out", "none.onnx");
        unlike.ExitCode.ShouldNotBe(0);
        unlike.Error.ShouldContain("model 2 has another window than the first");
        File.Exists(tones["none.onnx"]).ShouldBeFalse();
    }

    [Fact]
    public void Export_without_the_recordings_checks_on_made_sound()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        Succeed(tones, "train", tones.Corpus, "--out", "run", "--epochs", "1");
        Directory.Move(tones.Corpus, tones["gone"]);
        Succeed(tones, "export", "run", "--out", "model.onnx").ShouldContain("clips of made sound");
        File.Delete(tones["model.onnx"]);

        var int8 = MinglingProcess.Run(tones.Folder, "export", "run", "--out", "model.onnx", "--int8");
        int8.ExitCode.ShouldBe(1);
        int8.Error.ShouldContain("8-bit integers need clips that decide their scales");
        File.Exists(tones["model.onnx"]).ShouldBeFalse();
        Succeed(tones, "export", "run", "--out", "model.onnx", "--int8", "--calibration", tones["gone"]);
    }

    [Fact]
    public void Export_as_C_takes_a_run_and_a_model_file()
    {
        using var tones = new ToneCorpus(speakers: 4, takes: 3);
        Succeed(tones, "train", tones.Corpus, "--out", "run", "--epochs", "2", "--encoder", "tc-resnet8-stream");
        var report = Json(Succeed(tones, "export", "run", "--format", "c", "--int8", "--out", "board", "--json"));
        (report.GetProperty("name").GetString(), report.GetProperty("int8").GetBoolean()).ShouldBe(("run", true));
        report.GetProperty("tableBytes").GetInt32().ShouldBeLessThan(85_000);
        report.GetProperty("differingClips").GetDouble().ShouldBeInRange(0, 1);
        foreach (string file in new[] { "run.c", "run.h", "example.c", "README.md" }) File.Exists(tones[$"board/{file}"]).ShouldBeTrue(file);

        Succeed(tones, "export", "run", "--out", "model.onnx");
        Succeed(tones, "export", "model.onnx", "--format", "c", "--int8", "--calibration", tones.Corpus, "--out", "file", "--name", "wake", "--rate", "48000").ShouldContain("recognises another word, or none, in");
        File.ReadAllText(tones["file/wake.h"]).ShouldContain("#define WAKE_SAMPLE_RATE 48000");
    }

    [Theory]
    [InlineData("--int8 of a model file needs recordings", "base", "--format", "c", "--out", "board", "--int8")]
    [InlineData("--calibration is for --int8", "base", "--format", "c", "--out", "board", "--calibration", ".")]
    [InlineData("--with-front-end is for ONNX files", "base", "--format", "c", "--out", "board", "--with-front-end")]
    [InlineData("--name is for --format c", "run", "--out", "model.onnx", "--name", "wake")]
    [InlineData("--rate is for --format c", "run", "--out", "model.onnx", "--rate", "8000")]
    [InlineData("base is a model file and has only its own", "base", "--format", "c", "--out", "board", "--last")]
    public void Options_that_contradict_the_format_are_refused(string reason, params string[] arguments)
    {
        using var tones = new ToneCorpus(speakers: 1, takes: 1);
        var result = MinglingProcess.Run(tones.Folder, ["export", .. arguments]);
        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(reason);
    }

    private static string Succeed(ToneCorpus tones, params string[] arguments)
    {
        var result = MinglingProcess.Run(tones.Folder, arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output;
    }

    private static JsonElement Json(string output) => JsonDocument.Parse(output).RootElement;
}

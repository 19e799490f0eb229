namespace Mingling.Cli.Tests;

/// <summary>Whatever is wrong, a user reads one sentence that names it, and never a stack trace.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("train")]
    [InlineData("train corpus")]
    [InlineData("train corpus --out run --encoder resnet")]
    [InlineData("train corpus --out run --epochs 0")]
    [InlineData("train corpus --out run --epochs many")]
    [InlineData("train corpus --out run --center-weight -1")]
    [InlineData("train corpus --out run --center-rate 2")]
    [InlineData("train corpus --out run --width 0")]
    [InlineData("train corpus --out run --features logmel41")]
    [InlineData("train corpus --out run --threads 0")]
    [InlineData("train corpus --out run --data-threads 0")]
    [InlineData("train corpus --out run --sound-memory -1")]
    [InlineData("train corpus --out run --validation-share 1")]
    [InlineData("recognize run")]
    [InlineData("demo --epochs 0")]
    [InlineData("train corpus --out run --layout 7")]
    [InlineData("train corpus --out run --optimizer 1")]
    [InlineData("train corpus --out run --embedding 2000000000")]
    [InlineData("train corpus --out run --batch 1000000")]
    [InlineData("train  --out run")]
    [InlineData("evaluate run corpus --out ")]
    [InlineData("corpus inspect")]
    [InlineData("corpus inspect corpus --most 5")]
    [InlineData("corpus inspect corpus --model run --most 0")]
    [InlineData("corpus inspect corpus --model ")]
    [InlineData("corpus synthesize --out made")]
    [InlineData("corpus synthesize --words other.csv --out made --voices 0")]
    [InlineData("corpus synthesize --words other.csv --out made --clips-per-word 0")]
    [InlineData("corpus synthesize --words other.csv --out made --sample-rate 1000")]
    [InlineData("export run")]
    [InlineData("export run --out ")]
    [InlineData("export run --out corpus")]
    [InlineData("export run --out nowhere/model.onnx")]
    [InlineData("export run --out model.onnx --calibration corpus")]
    public void Mingling_used_wrongly_exits_with2(string arguments)
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        var result = MinglingProcess.Run(tones.Folder, arguments.Split(' '));
        result.ExitCode.ShouldBe(2, result.Error);
        ShouldBeASentence(result);
        Directory.Exists(tones["run"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("corpus inspect missing", "missing")]
    [InlineData("corpus inspect empty", "empty")]
    [InlineData("corpus inspect corpus --model run", "run")]
    [InlineData("corpus inspect corpus --model missing.onnx", "missing.onnx")]
    [InlineData("train missing --out run", "missing")]
    [InlineData("train lone --out run", "lone")]
    [InlineData("train broken --out run --strict", "text.wav")]
    [InlineData("train corpus --out run --train nowhere.csv", "nowhere.csv")]
    [InlineData("train corpus --out run --noise nowhere", "nowhere")]
    [InlineData("train corpus --out run --leave-out nobody", "nobody")]
    [InlineData("train corpus --out run --add nowhere", "nowhere")]
    [InlineData("corpus synthesize --words nowhere.txt --out made", "nowhere.txt")]
    [InlineData("corpus synthesize --words other.csv --out made --espeak no-such-program", "no-such-program")]
    [InlineData("evaluate run corpus", "run")]
    [InlineData("recognize run corpus/停/speaker0_take_0.wav", "run")]
    [InlineData("recognize run @missing.wav", "run")]
    [InlineData("export run --out model.onnx", "run")]
    [InlineData("recognize model.onnx corpus/停/speaker0_take_0.wav", "model.onnx")]
    [InlineData("recognize other.csv corpus/停/speaker0_take_0.wav", "other.csv")]
    [InlineData("evaluate other.csv corpus", "other.csv")]
    [InlineData("train corpus --out run --validation other.csv", "other.csv")]
    public void Mingling_that_cannot_work_exits_with1_and_names_the_thing(string arguments, string named)
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        Directory.CreateDirectory(tones["empty"]);
        Copy(tones, "停", "lone/停");
        Copy(tones, "停", "broken/停");
        Copy(tones, "turn on", "broken/turn on");
        File.WriteAllText(tones["broken/停/text.wav"], "this is a text");
        File.WriteAllText(tones["other.csv"], "file,class\n");

        var result = MinglingProcess.Run(tones.Folder, arguments.Split(' '));
        result.ExitCode.ShouldBe(1, result.Error);
        result.Error.ShouldContain(named);
        ShouldBeASentence(result);
    }

    [Fact]
    public void Train_on_a_corpus_with_broken_files_names_them_and_goes_on()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        File.WriteAllText(Path.Combine(tones.Corpus, "停", "speaker1_take_7.wav"), "this is a text");
        File.WriteAllBytes(Path.Combine(tones.Corpus, "停", "speaker1_take_8.wav"), []);
        string whole = Directory.GetFiles(Path.Combine(tones.Corpus, "turn on"))[0];
        File.WriteAllBytes(Path.Combine(tones.Corpus, "turn on", "speaker1_take_9.wav"), File.ReadAllBytes(whole)[..30]);

        var result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "1");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldContain("skipped what cannot be used, 3 in all");
        foreach (string name in new[] { "speaker1_take_7.wav", "speaker1_take_8.wav", "speaker1_take_9.wav" }) result.Error.ShouldContain(name);
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public void Evaluate_with_a_damaged_checkpoint_names_the_file()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "1").ExitCode.ShouldBe(0);
        string best = tones["run/best.safetensors"];
        File.WriteAllBytes(best, File.ReadAllBytes(best)[..1000]);

        var result = MinglingProcess.Run(tones.Folder, "evaluate", "run", tones.Corpus);
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("best.safetensors is not a whole safetensors file");
        ShouldBeASentence(result);
    }

    [Theory]
    [InlineData("train corpus --out run --resume --words 停,nothing")]
    [InlineData("train corpus --out run --resume --validation-share 0.5")]
    public void Resume_with_other_corpus_options_is_refused(string arguments)
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "1").ExitCode.ShouldBe(0);
        var result = MinglingProcess.Run(tones.Folder, arguments.Split(' '));
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("other options for its corpus");
    }

    [Theory]
    [InlineData("best.safetensors")]
    [InlineData("last.safetensors")]
    public void Resume_without_its_weights_is_refused_naming_them(string file)
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "2").ExitCode.ShouldBe(0);
        File.Delete(tones[$"run/{file}"]);
        var result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--resume");
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(file);
        ShouldBeASentence(result);
    }

    private static void Copy(ToneCorpus tones, string word, string to)
    {
        Directory.CreateDirectory(tones[to]);
        foreach (string file in Directory.GetFiles(Path.Combine(tones.Corpus, word))) File.Copy(file, Path.Combine(tones[to], Path.GetFileName(file)));
    }

    private static void ShouldBeASentence(MinglingProcess.Result result)
    {
        string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBeInRange(1, 3, result.Error);
        lines[0].ShouldStartWith("mingling: ");
        result.Error.ShouldNotContain("   at ");
        result.Error.ShouldNotContain("Exception");
    }
}

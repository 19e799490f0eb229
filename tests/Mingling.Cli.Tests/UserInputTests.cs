using Mingling.Audio;
using Mingling.Cli.Display;

namespace Mingling.Cli.Tests;

/// <summary>What users type and keep in their folders: numbers with commas, names that command terminals, a home folder, narrow terminals.</summary>
public class UserInputTests
{
    [Theory]
    [InlineData("train corpus --out run --learning-rate 0,01", "--learning-rate: '0,01' has a comma; write 0.01.")]
    [InlineData("train corpus --out run --window 0,8", "--window: '0,8' has a comma; write 0.8.")]
    [InlineData("train corpus --out run --center-weight 0,01", "--center-weight: '0,01' has a comma; write 0.01.")]
    [InlineData("train corpus --out run --epochs 1,000", "--epochs: '1,000' has separators; write 1000.")]
    [InlineData("train corpus --out run --epochs 1.5", "--epochs: '1.5' is no whole number such as 20.")]
    [InlineData("train corpus --out run --dropout NaN", "--dropout: 'NaN' is no number such as 0.01.")]
    [InlineData("train corpus --out run --validation-share=0,2", "--validation-share: '0,2' has a comma; write 0.2.")]
    [InlineData("calibrate model.onnx --background corpus --false-alarms-per-hour 0,5", "--false-alarms-per-hour: '0,5' has a comma; write 0.5.")]
    [InlineData("spot model.onnx x.wav --threshold 0,7", "--threshold: '0,7' has a comma; write 0.7.")]
    [InlineData("compare corpus --out made --loss softmax+center --grid center.weight=0,01", "'01' in the grid 'center.weight=0,01' begins with a zero")]
    public void Number_of_another_form_is_refused_with_the_right_one(string arguments, string sentence)
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        var result = MinglingProcess.Run(tones.Folder, arguments.Split(' '));
        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldStartWith("mingling: ");
        result.Error.ShouldContain(sentence);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeLessThanOrEqualTo(2);
    }

    /// <summary>Commands that take any number of files would take an option that there is not for one of them.</summary>
    [Theory]
    [InlineData("mine model.onnx x.wav --outt alarms", "there is no option '--outt' of 'mingling mine'")]
    [InlineData("recognize model.onnx x.wav --jsn", "there is no option '--jsn' of 'mingling recognize'; did you mean '--json'?")]
    [InlineData("spot model.onnx x.wav -t 0.5", "there is no option '-t' of 'mingling spot'")]
    [InlineData("enroll model.onnx --word hey a.wav b.wav --forse", "there is no option '--forse' of 'mingling enroll'; did you mean '--force'?")]
    [InlineData("serve model.onnx --wyoming --prot 5", "there is no option '--prot' of 'mingling serve'; did you mean '--port'?")]
    [InlineData("recognize model.onnx x.wav --most-memory 0", "--most-memory takes 1 to 4095 MiB, not 0.")]
    [InlineData("spot model.onnx x.wav --longest-run 0", "--longest-run takes 0.001 to 86400 seconds, not 0.")]
    public void Option_that_there_is_not_or_out_of_its_range_is_refused(string arguments, string sentence)
    {
        var result = MinglingProcess.Run(Path.GetTempPath(), arguments.Split(' '));
        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldStartWith($"mingling: {sentence}");
    }

    [Fact]
    public void Files_with_names_like_options_are_files()
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        File.Copy(Path.Combine(tones.Corpus, "停", "speaker0_take_0.wav"), tones["-a.wav"]);
        MinglingProcess.Run(tones.Folder, "recognize", "model.onnx", "-a.wav").Error.ShouldContain("model.onnx");
        MinglingProcess.Run(tones.Folder, "recognize", "model.onnx", "--", "--b.wav").Error.ShouldContain("model.onnx");
    }

    [Fact]
    public void What_a_command_reads_is_not_replaced_by_what_it_writes()
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        string recording = Path.Combine("corpus", "停", "speaker0_take_0.wav"), noise = tones["noise.wav"];
        File.Copy(tones[recording], noise);
        File.WriteAllText(tones["corpus/list.csv"], "mine");
        byte[] before = File.ReadAllBytes(noise);
        string[] commands =
        [
            $"corpus stream corpus --out {recording}", "corpus stream corpus --out s.wav --labels corpus/list.csv", "corpus stream corpus --out noise.wav --noise noise.wav",
            "enroll base --word hey noise.wav --out noise.wav",
        ];
        foreach (string command in commands)
        {
            var result = MinglingProcess.Run(tones.Folder, command.Split(' '));
            result.ExitCode.ShouldBe(2, command + result.Error);
            result.Error.ShouldContain("would be lost; name another file to write");
        }
        File.ReadAllBytes(noise).ShouldBe(before);
        File.ReadAllBytes(tones[recording]).ShouldBe(before);
        File.ReadAllText(tones["corpus/list.csv"]).ShouldBe("mine");
    }

    [Theory]
    [InlineData("80")]
    [InlineData(null)]
    [InlineData("60")]
    public void Help_is_as_wide_as_it_may_be_and_breaks_no_name(string? columns)
    {
        int width = int.Parse(columns ?? "80");
        foreach (string command in new[] { "train", "compare", "evaluate", "corpus inspect", "corpus stream" })
        {
            string help = MinglingProcess.RunWith(Path.GetTempPath(), ("COLUMNS", columns), [.. command.Split(' '), "--help"]).Output;
            help.Split('\n').Max(line => line.TrimEnd().Length).ShouldBeLessThanOrEqualTo(width, command);
            if (command == "train") help.ShouldContain("FileNamePattern");
        }
    }

    [Fact]
    public void Table_that_does_not_fit_stands_row_below_row_with_whole_names()
    {
        string[][] rows = [["encoder", "parameters"], ["matchboxnet-3x1x64", "77,000"], ["bc-resnet-1.5", "8"]];
        PlainTable.Lines(rows, 80).ShouldBe(["encoder             parameters", "matchboxnet-3x1x64      77,000", "bc-resnet-1.5                8"]);
        PlainTable.Lines(rows, 20).ShouldBe(["matchboxnet-3x1x64", "  parameters 77,000", "bc-resnet-1.5", "  parameters 8"]);
    }

    [Fact]
    public void Names_that_command_a_terminal_are_shown()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        const string evil = "\u001b]0;owned\u0007\u202Ego";
        Directory.Move(Path.Combine(tones.Corpus, "停"), Path.Combine(tones.Corpus, evil));
        File.WriteAllText(Path.Combine(tones.Corpus, evil, "bad\u001b[2J.wav"), "this is a text");
        foreach (string[] arguments in new string[][] { ["corpus", "inspect", tones.Corpus], ["corpus", "inspect", tones.Corpus, "--json"], ["train", tones.Corpus, "--out", "run", "--epochs", "1"], ["evaluate", "run", tones.Corpus], ["recognize", "run", Path.Combine(tones.Corpus, evil, "bad\u001b[2J.wav")] })
        {
            var result = MinglingProcess.Run(tones.Folder, arguments);
            foreach (string text in new[] { result.Output.Replace("\u001b[", "", StringComparison.Ordinal), result.Error })
            {
                text.ShouldNotContain("\u001b");
                text.ShouldNotContain("\u0007");
                text.ShouldNotContain("\u202E");
            }
            result.Output.ShouldNotContain("\u001b[2J");
            (result.Output + result.Error).ShouldContain("\\u001b", Case.Insensitive, string.Join(' ', arguments));
        }
    }

    [Fact]
    public void Home_that_a_shell_leaves_is_understood()
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        var result = MinglingProcess.RunWith(tones.Folder, ("HOME", tones.Folder), "recipe", "--recipe=~/missing.toml");
        result.Error.ShouldContain($"'{tones.Folder}/missing.toml'");
        MinglingProcess.RunWith(tones.Folder, ("HOME", tones.Folder), "corpus", "inspect", "~/corpus", "--json").ExitCode.ShouldBe(0);
        Directory.Exists(tones["~"]).ShouldBeFalse();
    }

    /// <summary>One walk for every folder of sound: hidden files do not count, broken and empty ones are named.</summary>
    [Fact]
    public void Calibrate_on_a_folder_passes_over_what_is_no_sound()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "2").ExitCode.ShouldBe(0);
        MinglingProcess.Run(tones.Folder, "export", "run", "--out", "model.onnx").ExitCode.ShouldBe(0);
        Directory.CreateDirectory(tones["noise"]);
        var random = new Random(1);
        WavWriter.Write(tones["noise/room.wav"], new AudioClip([.. Enumerable.Range(0, 80_000).Select(_ => 0.01f * (random.NextSingle() - 0.5f))], 16_000));
        File.WriteAllText(tones["noise/._room.wav"], "Mac OS X");
        File.WriteAllBytes(tones["noise/empty.wav"], []);
        File.WriteAllText(tones["noise/text.wav"], "this is a text");

        var result = MinglingProcess.Run(tones.Folder, "calibrate", "model.onnx", "--background", "noise");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldContain("'empty.wav' is empty");
        result.Error.ShouldContain("text.wav");
        result.Error.ShouldNotContain("._room");

        var named = MinglingProcess.Run(tones.Folder, "calibrate", "model.onnx", "--background", "noise/text.wav");
        named.ExitCode.ShouldBe(1);
        named.Error.ShouldContain("text.wav");
    }

    [Fact]
    public async Task Enroll_by_two_processes_at_once_loses_no_word()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "2").ExitCode.ShouldBe(0);
        MinglingProcess.Run(tones.Folder, "export", "run", "--out", "model.onnx").ExitCode.ShouldBe(0);
        string clip = Path.Combine(tones.Corpus, "停", "speaker0_take_0.wav");
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => MinglingProcess.Run(tones.Folder, "enroll", "model.onnx", "--word", $"word{i}", clip, "--force"))));
        foreach (var result in results) result.ExitCode.ShouldBe(0, result.Error);
        string list = MinglingProcess.Run(tones.Folder, "enroll", "model.onnx", "--list").Output;
        for (int i = 0; i < 4; i++) list.ShouldContain($"word{i}\t");
        Directory.GetFiles(tones.Folder, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public void Train_on_silence_says_so()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        foreach (string file in Directory.GetFiles(tones.Corpus, "*.wav", SearchOption.AllDirectories)) WavWriter.Write(file, new AudioClip(new float[1000 + file.Length], 16_000));
        var result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "1");
        result.Error.ShouldContain("note: 18 clips are silent: ");
        result.Error.ShouldContain("shorter than 0.1 s, too short for a word");
    }

    [Theory]
    [InlineData("--strict")]
    [InlineData("--layout Lists")]
    [InlineData("--pattern {label}_{index}")]
    public void Option_of_a_corpus_with_a_stream_is_refused(string option)
    {
        var result = MinglingProcess.Run(Path.GetTempPath(), ["evaluate", "model.onnx", "--stream", "x.wav", "--labels", "x.csv", .. option.Split(' ')]);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain($"{option.Split(' ')[0]} is for judging clips and has no effect on a stream");
    }

    [Fact]
    public void Recipe_nested_too_deeply_is_a_mistake_with_its_line()
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        File.WriteAllText(tones["deep.toml"], "epochs = 3\nloss = " + new string('[', 500) + new string(']', 500) + "\n");
        var result = MinglingProcess.Run(tones.Folder, "recipe", "--recipe", "deep.toml");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("mingling: deep.toml is no recipe that can be used:\n  line 2: ");
        result.Error.ShouldNotContain("Exception");
    }

    [Fact]
    public void Train_that_diverges_says_so()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        var result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "4", "--learning-rate", "10");
        result.ExitCode.ShouldBe(1, result.Output);
        result.Error.ShouldContain("a lower learning rate than 10");
        result.Error.ShouldNotContain("Exception");
    }
}

using System.Text.Json;

namespace Mingling.Cli.Tests;

/// <summary>A run that learned two of the three words is judged on enrolled and on unknown ones.</summary>
public sealed class FewShotTests(FewShotTests.LearnedRun run) : IClassFixture<FewShotTests.LearnedRun>
{
    [Fact]
    public void Evaluate_with_a_few_clips_enrolled_judges_words_that_the_run_did_not_learn()
    {
        var enrolled = Evaluate("--few-shot", "1", "--unknown", "turn off", "--repeats", "3", "--json", "--out", run.Tones["few"]);
        enrolled.ExitCode.ShouldBe(0, enrolled.Error);
        var report = JsonDocument.Parse(enrolled.Output).RootElement;
        report.GetProperty("knownWords").EnumerateArray().Select(word => word.GetString()).ShouldBe(["turn on", "停"]);
        // One of four speakers was not learned from, with three clips of each word.
        report.GetProperty("clips").GetInt32().ShouldBe(9);
        report.GetProperty("testedClips").GetInt32().ShouldBe(4);
        report.GetProperty("choice").GetString().ShouldBe("those of speakers that the run did not learn from");
        foreach (string figure in new[] { "accuracy", "auroc", "eer" }) report.GetProperty(figure).GetDouble().ShouldBeInRange(0, 1);
        report.GetProperty("noSoftmax").GetString().ShouldBe("'停' is no class of the model");
        JsonDocument.Parse(File.ReadAllText(run.Tones["few/few-shot.json"])).RootElement.GetProperty("repeats").GetInt32().ShouldBe(3);

        var again = Evaluate("--few-shot", "1", "--unknown", "turn off", "--repeats", "3", "--json", "--out", run.Tones["few"]);
        again.Output.ShouldBe(enrolled.Output);

        var listed = Evaluate("--few-shot", "2", "--list", "list.csv", "--words", "turn on,停", "--json", "--out", run.Tones["few"]);
        listed.ExitCode.ShouldBe(0, listed.Error);
        listed.Error.ShouldContain("the run learned from");
        JsonDocument.Parse(listed.Output).RootElement.GetProperty("auroc").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Evaluate_with_learned_words_enrolled_compares_with_softmax_in_a_table()
    {
        var result = Evaluate("--few-shot", "1", "--words", "turn on,turn off", "--unknown", "停", "--out", run.Tones["table"]);
        result.ExitCode.ShouldBe(0, result.Error);
        foreach (string text in new[] { "enrolled", "class-mean", "knn", "softmax", "AUROC", "at 2.5 % false accepts", "speakers that the run did not learn from", "2-way 1-shot" })
            result.Output.ShouldContain(text);
    }

    [Fact]
    public void Evaluate_with_unknown_words_says_how_well_they_are_refused()
    {
        var result = Evaluate("--unknown", "停", "--json", "--out", run.Tones["open"]);
        result.ExitCode.ShouldBe(0, result.Error);
        var report = JsonDocument.Parse(result.Output).RootElement;
        report.GetProperty("clips").GetInt32().ShouldBe(6);
        var open = report.GetProperty("openSet");
        open.GetProperty("unknownClips").GetInt32().ShouldBe(3);
        open.GetProperty("score").GetProperty("auroc").GetProperty("mean").GetDouble().ShouldBeInRange(0, 1);
        open.GetProperty("score").GetProperty("accuracy").GetProperty("mean").GetDouble().ShouldBe(report.GetProperty("accuracy").GetDouble());
    }

    [Theory]
    [InlineData(1, "'turn on' has 3 clips, of which 3 cannot be enrolled", "--few-shot", "3", "--words", "停,turn on")]
    [InlineData(1, "'turn onn' is no word of", "--few-shot", "1", "--unknown", "turn onn")]
    [InlineData(1, "did you mean 'turn on'?", "--unknown", "turn onn")]
    [InlineData(1, "there are turn off, turn on, 停.", "--unknown", "something")]
    [InlineData(1, "'停' is the only known word", "--few-shot", "1", "--words", "停")]
    [InlineData(2, "'停' is in --words and in --unknown", "--few-shot", "1", "--words", "停,turn on", "--unknown", "停")]
    [InlineData(2, "--unknown names 'turn on', which the run learned", "--unknown", "turn on")]
    [InlineData(2, "--words names '停', which the run did not learn", "--words", "停")]
    [InlineData(2, "--few-shot takes a number of clips from 1, not 0.", "--few-shot", "0")]
    [InlineData(2, "--repeats takes a number from 1, not 0.", "--few-shot", "1", "--repeats", "0")]
    [InlineData(2, "--ways takes a number of words from 2, not 1.", "--few-shot", "1", "--ways", "1")]
    [InlineData(2, "--seed goes with --few-shot or --noise.", "--seed", "3")]
    public void Evaluate_asked_for_what_cannot_be_says_so_in_a_sentence(int exitCode, string sentence, params string[] options)
    {
        var result = Evaluate(options);
        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Error.ShouldStartWith("mingling: ");
        result.Error.ShouldContain(sentence);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        File.Exists(run.Tones["run/few-shot.json"]).ShouldBeFalse();
    }

    private MinglingProcess.Result Evaluate(params string[] options) =>
        MinglingProcess.Run(run.Tones.Folder, ["evaluate", "run", run.Tones.Corpus, .. options]);

    /// <summary>A run of one epoch on two of the words.</summary>
    public sealed class LearnedRun : IDisposable
    {
        public LearnedRun()
        {
            var trained = MinglingProcess.Run(Tones.Folder, "train", Tones.Corpus, "--out", "run", "--epochs", "1", "--words", "turn on,turn off");
            trained.ExitCode.ShouldBe(0, trained.Error);
            var clips = Directory.GetFiles(Tones.Corpus, "*.wav", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Tones.Corpus, file));
            File.WriteAllLines(Tones["list.csv"], ["file,class", .. clips.Select(file => $"{file},{Path.GetDirectoryName(file)}")]);
        }

        internal ToneCorpus Tones { get; } = new();

        public void Dispose() => Tones.Dispose();
    }
}

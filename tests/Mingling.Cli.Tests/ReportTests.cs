using System.Text.Json;

namespace Mingling.Cli.Tests;

public class ReportTests
{
    [Fact]
    public void Report_of_a_run_is_written_beside_it_with_its_figures()
    {
        using var tones = Trained();
        var result = MinglingProcess.Run(tones.Folder, "report", "run", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        var written = JsonDocument.Parse(result.Output).RootElement;
        // The temporary folder can be a link.
        written.GetProperty("page").GetString()!.ShouldEndWith(Path.Combine("run", "report.html"));
        written.GetProperty("figures").EnumerateArray().Select(file => Path.GetFileName(file.GetString())).ShouldContain("confusion-matrix.svg");
        File.Exists(tones["run/report-figures/training.png"]).ShouldBeTrue();
        File.ReadAllText(tones["run/report.html"]).ShouldContain("<bdi>停</bdi>");

        var chosen = MinglingProcess.Run(tones.Folder, "report", "run", "--last", "--out", "pages/mine.html", "--figures", "none");
        chosen.ExitCode.ShouldBe(0, chosen.Error);
        chosen.Output.ShouldBe("The report is pages/mine.html.\n");
        Directory.GetFileSystemEntries(tones["pages"]).ShouldHaveSingleItem();
        File.ReadAllText(tones["pages/mine.html"]).ShouldContain("after the last epoch");
    }

    [Fact]
    public void Report_where_the_corpus_was_moved_asks_for_it()
    {
        using var tones = Trained();
        Directory.Move(tones.Corpus, tones["elsewhere"]);
        var result = MinglingProcess.Run(tones.Folder, "report", "run");
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("is not at");
        result.Error.ShouldContain("say with --corpus where it is");

        string[] clips = Directory.GetFiles(tones["elsewhere"], "speaker3*", SearchOption.AllDirectories);
        File.WriteAllText(tones["list.csv"], string.Concat(clips.Select(clip => Path.GetRelativePath(tones["elsewhere"], clip) + "\n").Prepend("file\n")));
        MinglingProcess.Run(tones.Folder, "report", "run", "--corpus", "elsewhere", "--figures", "none").ExitCode.ShouldBe(0);
        var listed = MinglingProcess.Run(tones.Folder, "report", "run", "--corpus", "elsewhere", "--list", "list.csv", "--figures", "none");
        listed.ExitCode.ShouldBe(0, listed.Error);
        File.ReadAllText(tones["run/report.html"]).ShouldContain($"of {clips.Length} clips recognised");
    }

    [Fact]
    public void Report_where_clips_were_lost_says_which()
    {
        using var tones = Trained();
        string[] judged = ValidationClips(tones);
        File.Delete(Path.Combine(tones.Corpus, judged[0]));
        File.WriteAllBytes(Path.Combine(tones.Corpus, judged[1]), [1, 2, 3]);
        var result = MinglingProcess.Run(tones.Folder, "report", "run", "--figures", "none");
        result.ExitCode.ShouldBe(0, result.Error);
        string page = File.ReadAllText(tones["run/report.html"]);
        page.ShouldContain("2 clips could not be read and were left out");
        page.ShouldContain($"{judged[0]}</bdi> judged the run in its training and is no longer in the corpus");
        page.ShouldContain(judged[1]);
        MinglingProcess.Run(tones.Folder, "report", "run", "--strict").ExitCode.ShouldBe(1);
    }

    [Fact]
    public void Report_of_several_runs_and_a_comparison_has_a_section_for_each()
    {
        using var tones = Trained();
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "other", "--epochs", "1", "--loss", "softmax").ExitCode.ShouldBe(0);
        var compared = MinglingProcess.Run(tones.Folder, "compare", tones.Corpus, "--loss", "softmax + 0.01 center", "--grid", "center.weight=0,0.01",
            "--epochs", "1", "--held-out", "none", "--out", "compared");
        compared.ExitCode.ShouldBe(0, compared.Error);
        var result = MinglingProcess.Run(tones.Folder, "report", "run", "other", "compared", "run/");
        result.ExitCode.ShouldBe(0, result.Error);
        string page = File.ReadAllText(tones["report.html"]);
        page.ShouldContain("Report on 3 trainings");
        page.ShouldContain("All runs were judged by the same clips");
        page.ShouldContain("Comparison <bdi>compared</bdi>");
        page.ShouldContain("<code>softmax &#x2B; 0.01 center</code>");
        foreach (string figure in new[] { "run/words.svg", "other/words.png", "compared/sweep.svg" })
            File.Exists(tones[$"report-figures/{figure}"]).ShouldBeTrue(figure);

        MinglingProcess.Run(tones.Folder, "report", "compared", "--last").ExitCode.ShouldBe(2);
        MinglingProcess.Run(tones.Folder, "report", "compared").ExitCode.ShouldBe(0);
        File.Exists(tones["compared/report.html"]).ShouldBeTrue();
    }

    [Fact]
    public void Report_without_a_finished_epoch_says_so()
    {
        using var tones = Trained();
        foreach (string file in Directory.GetFiles(tones["run"]).Where(file => !file.EndsWith("run.json", StringComparison.Ordinal))) File.Delete(file);
        var result = MinglingProcess.Run(tones.Folder, "report", "run");
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldBe("mingling: run has no finished epoch yet; train it first, or continue it with --resume.\n");

        var nothing = MinglingProcess.Run(tones.Folder, "report", "corpus");
        nothing.ExitCode.ShouldBe(1);
        nothing.Error.ShouldContain("corpus holds neither a run (run.json) nor a comparison (comparison.sqlite)");
        MinglingProcess.Run(tones.Folder, "report").ExitCode.ShouldBe(2);
        MinglingProcess.Run(tones.Folder, "report", "").ExitCode.ShouldBe(2);
    }

    private static ToneCorpus Trained()
    {
        var tones = new ToneCorpus();
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "2").ExitCode.ShouldBe(0);
        return tones;
    }

    private static string[] ValidationClips(ToneCorpus tones) =>
        [.. JsonDocument.Parse(File.ReadAllText(tones["run/run.json"])).RootElement.GetProperty("corpus").GetProperty("validationClips")
            .EnumerateArray().Select(clip => clip.GetString()!.Split('|')[1])];
}

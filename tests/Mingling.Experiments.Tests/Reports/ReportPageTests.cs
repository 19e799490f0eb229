using System.Text.Json;
using System.Text.RegularExpressions;
using Mingling.Corpora;
using Mingling.Experiments.Reports;
using Mingling.Experiments.Reports.Content;
using Mingling.Experiments.Reports.Page;

namespace Mingling.Experiments.Tests.Reports;

public partial class ReportPageTests
{
    [Fact]
    public void Page_of_hostile_words_holds_them_as_text_only()
    {
        using var folder = new TemporaryFolder();
        string page = ReportPage.Write(MadeRuns.Of(MadeRuns.Run(folder["run"], MadeRuns.HostileWords)));
        // The words stand in the page, and every tag is one of ours.
        page.ShouldContain("打开");
        page.ShouldContain("افتح الباب");
        page.ShouldNotContain("<script>hostile");
        page.ShouldNotContain("<img src=x");
        page.ShouldNotContain("\" onclick=");
        page.ShouldNotContain("<i>0");
        page.ShouldNotContain("<b>corpus");
        Regex.Count(page, "<script").ShouldBe(3);
        Regex.Count(page, "</script").ShouldBe(3);
    }

    [Fact]
    public void Page_needs_nothing_from_outside()
    {
        using var folder = new TemporaryFolder();
        string page = ReportPage.Write(MadeRuns.Of(MadeRuns.Run(folder["run"], ["on", "off"])));
        foreach (Match address in Addresses().Matches(page)) address.Value.ShouldMatch("=\"(#|data:)");
        page.ShouldNotContain("@import");
        page.ShouldNotContain("url(");
    }

    [Fact]
    public void Page_data_for_its_script_are_the_clips_and_their_sound()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["run"], MadeRuns.HostileWords);
        string page = ReportPage.Write(MadeRuns.Of(run));
        var data = Json(page, "data")[0];
        data.GetProperty("words").EnumerateArray().Select(word => word.GetString()).ShouldBe(MadeRuns.HostileWords);
        data.GetProperty("clips").EnumerateArray().Select(clip => clip[0].GetString()).ShouldBe(run.Clips.Select(clip => clip.Clip.Name));
        data.GetProperty("maps")[0].GetProperty("x").GetArrayLength().ShouldBe(run.Clips.Count);
        int heard = data.GetProperty("clips").EnumerateArray().Count(clip => clip[5].ValueKind == JsonValueKind.Number);
        Json(page, "sounds").GetArrayLength().ShouldBe(heard);
        // Nothing in base64 needs an escape, which would make the sound an eighth larger.
        page[page.IndexOf("id=\"sounds\"", StringComparison.Ordinal)..].ShouldNotContain("\\u002B");
        heard.ShouldBeGreaterThanOrEqualTo(run.Evaluation.Errors.Count);
    }

    [Fact]
    public void Page_headings_go_down_one_level_at_a_time()
    {
        using var folder = new TemporaryFolder();
        string page = ReportPage.Write(MadeRuns.Of(MadeRuns.Run(folder["a"], ["on", "off"]), MadeRuns.Run(folder["b"], ["on", "off"])));
        int[] levels = [.. Regex.Matches(page, "<h([1-6])").Select(heading => int.Parse(heading.Groups[1].Value))];
        levels[0].ShouldBe(1);
        levels.Count(level => level == 1).ShouldBe(1);
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1);
        foreach (Match reference in Regex.Matches(page, "(?:aria-labelledby|aria-describedby|aria-controls|href)=\"#?(run-[^\"]+)\""))
            page.ShouldContain($"id=\"{reference.Groups[1].Value}\"");
        Regex.Matches(page, " id=\"([^\"]+)\"").Select(id => id.Groups[1].Value).ShouldBeUnique();
    }

    [Fact]
    public void Clips_in_doubt_are_shown_worst_first()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["run"], ["on", "off"]);
        bool[] suspects = [false, true, false, true];
        double[] doubts = [0.1, 0.6, 0.4, 0.9];
        var map = run.Maps[0] with
        {
            Points = [.. run.Maps[0].Points.Select((point, i) => i < 4
                ? point with { IsSuspect = suspects[i], IsOutlier = !suspects[i], Doubt = doubts[i] }
                : point with { IsSuspect = false, IsOutlier = false })],
        };
        RunParts.Strange(run with { Maps = [map] }).Select(strange => strange.Clip).ShouldBe([run.Clips[3], run.Clips[1], run.Clips[2], run.Clips[0]]);
    }

    [Fact]
    public void Page_of_runs_that_differ_says_in_what_and_mixes_nothing()
    {
        using var folder = new TemporaryFolder();
        RunReport run = MadeRuns.Run(folder["a"], ["on", "off"]), same = MadeRuns.Run(folder["b"], ["on", "off"]), other = MadeRuns.Run(folder["c"], ["on", "out"]);
        ReportPage.Write(MadeRuns.Of(run, same)).ShouldContain("judged by the same clips");
        RunMaps.Draw([run, same])!.Alternative.ShouldBe($"2 maps of the embeddings of 2 words ({run.Maps[0].Method}), a: 28 clips; b: 28 clips.");
        ReportPage.Write(MadeRuns.Of(run, other)).ShouldContain("differ in their words and the clips that judge them");
        RunMaps.Draw([run, other]).ShouldBeNull();
        RunMaps.Draw([run]).ShouldBeNull();
        ReportPage.Write(MadeRuns.Of(run)).ShouldNotContain("id=\"overview\"");
    }

    [Fact]
    public void Page_of_a_run_with_clips_that_cannot_be_read_names_them()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["a"], ["on", "off"]) with { Problems = [new CorpusProblem("on/<x>.wav", "is missing")], Learned = 3 };
        string page = ReportPage.Write(MadeRuns.Of(run));
        page.ShouldContain("1 clip could not be read and was left out");
        page.ShouldContain("on/&lt;x&gt;.wav");
        page.ShouldContain("The run learned from 3 of these clips");
    }

    [Fact]
    public void Files_of_several_runs_have_a_folder_of_figures_for_each()
    {
        using var folder = new TemporaryFolder();
        var report = MadeRuns.Of(MadeRuns.Run(folder["a"], ["on", "off"]), MadeRuns.Run(folder["b"], ["on", "off"]), MadeRuns.Run(folder["other/a"], ["on", "off"]));
        var files = ReportFiles.Write(report, folder["out/page.html"], folder["figures"]);
        File.ReadAllText(files.Page).ShouldStartWith("<!DOCTYPE html>");
        files.Figures.ShouldAllBe(file => File.Exists(file));
        foreach (string name in new[] { "a/confusion-matrix.png", "b/confusion-matrix.svg", "a/embeddings.svg", "b/training.png", "a-2/words.png" })
            files.Figures.ShouldContain(folder[$"figures/{name}"]);
        ReportFiles.Write(report, folder["out/page.html"], null).Figures.ShouldBeEmpty();
    }

    [Fact]
    public void Files_where_they_cannot_be_written_say_which()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["page.html"]);
        Should.Throw<OutputException>(() => ReportFiles.Write(MadeRuns.Of(MadeRuns.Run(folder["a"], ["on", "off"])), folder["page.html"], null))
            .Message.ShouldContain("page.html");
    }

    private static JsonElement Json(string page, string id)
    {
        string start = $"<script type=\"application/json\" id=\"{id}\">";
        int from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(page[from..page.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement;
    }

    [GeneratedRegex("(src|href)=\"[^\"]{0,10}")]
    private static partial Regex Addresses();
}

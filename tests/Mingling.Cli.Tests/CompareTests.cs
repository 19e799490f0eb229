using System.Diagnostics;
using System.Text.Json;

namespace Mingling.Cli.Tests;

public class CompareTests
{
    private static readonly string[] Settings = ["--epochs", "6", "--batch", "8", "--jobs", "2", "--held-out", "none"];

    [Fact]
    public void Compare_killed_and_repeated_ends_like_one_that_was_not_and_trains_nothing_twice()
    {
        using var tones = new ToneCorpus();
        string[] asked = ["compare", tones.Corpus, "--loss", "softmax", "--loss", "softmax + 0.01 center", "--folds", "2", .. Settings];
        var whole = MinglingProcess.Run(tones.Folder, [.. asked, "--out", "whole", "--json"]);
        whole.ExitCode.ShouldBe(0, whole.Error);

        using (var process = MinglingProcess.Start(tones.Folder, [.. asked, "--out", "cut"]))
        {
            process.StandardOutput.ReadLine()!.ShouldStartWith("[1/4] ");
            process.Kill();
            process.WaitForExit();
        }
        string[] finished = Directory.GetFiles(tones["cut/runs"], "result.json", SearchOption.AllDirectories);
        finished.Length.ShouldBeInRange(1, 3);
        var times = finished.ToDictionary(file => file, File.GetLastWriteTimeUtc);

        var cut = MinglingProcess.Run(tones.Folder, [.. asked, "--out", "cut"]);
        cut.ExitCode.ShouldBe(0, cut.Error + cut.Output);
        cut.Output.ShouldContain("runs are finished already");
        foreach (var (file, time) in times) File.GetLastWriteTimeUtc(file).ShouldBe(time, file);

        // Also the run that was under way has its whole history.
        foreach (string run in Directory.GetDirectories(tones["cut/runs"]))
            File.ReadAllLines(Path.Combine(run, "history.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("epoch").GetInt32()).ShouldBe(Enumerable.Range(1, 6), run);

        // The table is made from the database alone.
        Directory.Delete(tones.Corpus, recursive: true);
        foreach (string folder in new[] { "cut/runs", "cut/folds" }) Directory.Delete(tones[folder], recursive: true);
        var table = MinglingProcess.Run(tones.Folder, "compare", "--table", "cut", "--json");
        table.ExitCode.ShouldBe(0, table.Error);
        var (wholeVariants, cutVariants) = (Variants(whole.Output), Variants(table.Output));
        wholeVariants.Select(variant => variant.GetProperty("loss").GetString()).ShouldBe(["softmax", "softmax + 0.01 center"]);
        for (int i = 0; i < wholeVariants.Length; i++)
            foreach (string name in new[] { "accuracy", "accuracyDeviation", "similarPairError", "intraInterRatio", "worstPairDPrime", "pairedP", "mcnemarP" })
                cutVariants[i].GetProperty(name).ToString().ShouldBe(wholeVariants[i].GetProperty(name).ToString(), name);
    }

    [Fact]
    public async Task Compare_killed_leaves_no_process_behind()
    {
        using var tones = new ToneCorpus();
        using var process = MinglingProcess.Start(tones.Folder, "compare", tones.Corpus, "--loss", "softmax", "--out", "cut", "--epochs", "100000", "--held-out", "none");
        string run;
        while ((run = Directory.Exists(tones["cut/runs"]) ? Directory.GetDirectories(tones["cut/runs"]).FirstOrDefault() ?? "" : "").Length == 0
            || !File.Exists(Path.Combine(run, "last.safetensors"))) await Task.Delay(50);
        process.Kill();
        // A run that goes on writes its weights every few hundredths of a second.
        var clock = Stopwatch.StartNew();
        for (var (seen, quiet) = (DateTime.MinValue, 0); quiet < 20; await Task.Delay(100))
        {
            var written = File.GetLastWriteTimeUtc(Path.Combine(run, "last.safetensors"));
            (seen, quiet) = (written, written == seen ? quiet + 1 : 0);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Compare_a_run_that_fails_is_reported_and_the_others_go_on()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        // Mixed clips have no one word, so that triplets cannot be made of them.
        var result = MinglingProcess.Run(tones.Folder, ["compare", tones.Corpus, "--loss", "triplet", "--loss", "softmax", "--mixup", "0.2", .. Settings, "--out", "out", "--json"]);
        result.ExitCode.ShouldBe(1, result.Error);
        var variants = Variants(result.Output);
        variants[0].GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);
        variants[0].GetProperty("runs")[0].GetProperty("error").GetString()!.ShouldContain("mixup makes clips of two words");
        variants[1].GetProperty("accuracy").GetDouble().ShouldBeInRange(0, 1);
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public void Compare_a_further_loss_in_the_same_folder_trains_only_that()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, ["compare", tones.Corpus, "--loss", "softmax", .. Settings, "--out", "out"]).ExitCode.ShouldBe(0);
        var more = MinglingProcess.Run(tones.Folder, ["compare", tones.Corpus, "--loss", "softmax + center", "--grid", "center.weight=0,0.1", .. Settings, "--out", "out"]);
        more.ExitCode.ShouldBe(0, more.Error);
        more.Output.ShouldContain("1 of 2 runs are finished already");
        File.Exists(tones["out/sweep.png"]).ShouldBeTrue();

        var other = MinglingProcess.Run(tones.Folder, ["compare", tones.Corpus, "--loss", "softmax", .. Settings, "--batch", "4", "--out", "out"]);
        other.ExitCode.ShouldBe(2, other.Error);
        other = MinglingProcess.Run(tones.Folder, "compare", tones.Corpus, "--loss", "softmax", "--epochs", "7", "--batch", "4", "--held-out", "none", "--out", "out");
        other.ExitCode.ShouldBe(1, other.Error);
        other.Error.ShouldContain("recipe.epochs was 6, not 7; recipe.batchSize was 8, not 4");
    }

    [Fact]
    public void Compare_with_a_lost_database_reads_the_results_of_the_runs()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        string[] asked = ["compare", tones.Corpus, "--loss", "softmax", .. Settings, "--out", "out"];
        MinglingProcess.Run(tones.Folder, asked).ExitCode.ShouldBe(0);
        File.Delete(tones["out/comparison.sqlite"]);
        var again = MinglingProcess.Run(tones.Folder, asked);
        again.ExitCode.ShouldBe(0, again.Error);
        again.Output.ShouldContain("1 of 1 runs are finished already");

        // A damaged result is no result.
        File.Delete(tones["out/comparison.sqlite"]);
        string result = Directory.GetFiles(tones["out/runs"], "result.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        File.WriteAllText(result, "{");
        again = MinglingProcess.Run(tones.Folder, asked);
        again.ExitCode.ShouldBe(0, again.Error);
        again.Error.ShouldContain("It is measured again.");
        new FileInfo(result).Length.ShouldBeGreaterThan(1);

        // What a full disk leaves of a run in its first epoch is no run to go on from.
        string run = Directory.GetDirectories(tones["out/runs"]).ShouldHaveSingleItem();
        File.Delete(tones["out/comparison.sqlite"]);
        foreach (string file in new[] { "result.json", "last.safetensors" }) File.Delete(Path.Combine(run, file));
        MinglingProcess.Run(tones.Folder, asked).ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(run, "result.json")).ShouldBeTrue();
    }

    [Fact]
    public void Compare_whose_clips_changed_does_not_go_on_with_a_run()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        string[] asked = ["compare", tones.Corpus, "--loss", "softmax", "--window", "0.5", "--trimmed", "false", .. Settings, "--out", "out"];
        MinglingProcess.Run(tones.Folder, asked).ExitCode.ShouldBe(0);
        File.Delete(tones["out/comparison.sqlite"]);
        File.Delete(Directory.GetFiles(tones["out/runs"], "result.json", SearchOption.AllDirectories).ShouldHaveSingleItem());
        File.WriteAllText(Directory.GetFiles(tones.Corpus, "*.wav", SearchOption.AllDirectories)[0], "no sound");
        var again = MinglingProcess.Run(tones.Folder, asked);
        again.ExitCode.ShouldBe(1, again.Error);
        (again.Output + again.Error).ShouldContain("the corpus is not the one that the run began with");
    }

    [Fact]
    public void Compare_with_the_loss_of_a_recipe_needs_no_other()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        File.WriteAllText(tones["recipe.toml"], "loss = \"softmax + 0.01 center\"\n");
        var result = MinglingProcess.Run(tones.Folder, ["compare", tones.Corpus, "--recipe", "recipe.toml", .. Settings, "--out", "out", "--json"]);
        result.ExitCode.ShouldBe(0, result.Error);
        Variants(result.Output).ShouldHaveSingleItem().GetProperty("loss").GetString().ShouldBe("softmax + 0.01 center");
    }

    [Fact]
    public void Compare_with_words_left_out_measures_them_by_the_same_runs()
    {
        using var tones = new ToneCorpus(speakers: 4, takes: 7);
        var result = MinglingProcess.Run(tones.Folder, "compare", tones.Corpus, "--words", "停,turn on", "--loss", "softmax", "--epochs", "2", "--out", "out", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        var variant = Variants(result.Output).ShouldHaveSingleItem();
        variant.GetProperty("unknownAuroc").GetDouble().ShouldBeInRange(0, 1);
        variant.GetProperty("frrAtFar5").GetDouble().ShouldBeInRange(0, 1);
        variant.GetProperty("probes").GetArrayLength().ShouldBe(0);
        JsonDocument.Parse(result.Output).RootElement.GetProperty("heldOutWords").EnumerateArray().Select(word => word.GetString()).ShouldBe(["turn off"]);
    }

    [Theory]
    [InlineData("compare corpus --loss softmax", 2, "--out")]
    [InlineData("compare --loss softmax --out out", 2, "corpus")]
    [InlineData("compare corpus --out out", 2, "--loss")]
    [InlineData("compare corpus --out out --loss softmx", 2, "did you mean 'softmax'")]
    [InlineData("compare corpus --out out --loss softmax --grid center.weight=1", 2, "fits no loss")]
    [InlineData("compare corpus --out out --loss softmax --grid softmax.margin=1", 2, "margin")]
    [InlineData("compare corpus --out out --loss softmax --folds 0", 2, "--folds takes a number from 1")]
    [InlineData("compare corpus --out out --loss softmax --seeds none", 2, "--seeds")]
    [InlineData("compare corpus --out out --loss softmax --schedule center.weight=0:1@0:1", 2, "names no part")]
    [InlineData("compare corpus --out out --loss softmax --folds 5", 1, "There are 4 speakers, too few for 5 folds.")]
    [InlineData("compare corpus --out out --loss softmax --held-out nothing", 1, "'nothing' cannot be held out")]
    [InlineData("compare corpus --out out --loss softmax --seed 2147483647 --seeds 2", 2, "begin with a smaller --seed")]
    [InlineData("compare corpus --out out --loss softmax+center --grid center.weight=1,2 --schedule center.weight=0:1@0:1", 2, "would override the grid")]
    [InlineData("compare corpus --out out --loss softmax --folds 2 --leave-out speaker0", 2, "does not go with --leave-out")]
    [InlineData("compare corpus --out out --loss softmax --folds 2 --validation-share 0.2", 2, "does not go with --validation-share")]
    [InlineData("compare corpus --out out --loss softmax --folds 2 --validation list", 2, "does not go with --validation")]
    [InlineData("compare corpus --out out --loss softmax --held-out ,", 2, "--held-out names no word")]
    [InlineData("compare --table out --loss softmax", 2, "does not go with --loss")]
    [InlineData("compare corpus --table out", 2, "needs no corpus")]
    [InlineData("compare missing --out out --loss softmax", 1, "missing")]
    [InlineData("compare --table out", 1, "comparison.sqlite does not exist")]
    public void Compare_that_cannot_work_says_why(string arguments, int code, string said)
    {
        using var tones = new ToneCorpus(speakers: 4, takes: 2);
        var result = MinglingProcess.Run(tones.Folder, arguments.Split(' '));
        result.ExitCode.ShouldBe(code, result.Error);
        result.Error.ShouldContain(said);
        result.Error.ShouldStartWith("mingling: ");
        result.Error.ShouldNotContain("   at ");
    }

    private static JsonElement[] Variants(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("variants").EnumerateArray()];
}

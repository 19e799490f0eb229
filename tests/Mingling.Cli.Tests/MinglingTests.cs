using System.Diagnostics;
using System.Text.Json;

namespace Mingling.Cli.Tests;

public class MinglingTests
{
    [Fact]
    public void Mingling_from_recordings_to_recognized_words_works_from_end_to_end()
    {
        using var tones = new ToneCorpus();
        var inspected = MinglingProcess.Run(tones.Folder, "corpus", "inspect", tones.Corpus, "--json");
        inspected.ExitCode.ShouldBe(0, inspected.Error);
        var corpus = JsonDocument.Parse(inspected.Output).RootElement;
        corpus.GetProperty("clips").GetInt32().ShouldBe(36);
        corpus.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("label").GetString()).ShouldBe(["turn off", "turn on", "停"]);

        var trained = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "25", "--batch", "16", "--json");
        trained.ExitCode.ShouldBe(0, trained.Error);
        JsonDocument.Parse(trained.Output).RootElement.GetProperty("epochs").GetArrayLength().ShouldBe(25);

        var evaluated = MinglingProcess.Run(tones.Folder, "evaluate", "run", tones.Corpus, "--json");
        evaluated.ExitCode.ShouldBe(0, evaluated.Error);
        var report = JsonDocument.Parse(evaluated.Output).RootElement;
        report.GetProperty("clips").GetInt32().ShouldBe(9);
        report.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.6);
        foreach (string list in new[] { "words", "speakers", "confusions", "similarPairs" }) report.GetProperty(list).ValueKind.ShouldBe(JsonValueKind.Array);
        report.GetProperty("similarPairs").GetArrayLength().ShouldBe(3);
        new FileInfo(tones["run/evaluation.png"]).Length.ShouldBeGreaterThan(10_000);

        string clip = Path.Combine(tones.Corpus, "停", "speaker0_take_0.wav");
        var recognized = MinglingProcess.Run(tones.Folder, "recognize", "run", clip, "missing.wav", "--json");
        recognized.ExitCode.ShouldBe(1);
        recognized.Error.ShouldContain("missing.wav");
        recognized.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        var word = JsonDocument.Parse(recognized.Output).RootElement;
        word.GetProperty("file").GetString().ShouldBe(clip);
        word.GetProperty("word").GetString().ShouldBe("停");
        word.GetProperty("score").GetDouble().ShouldBeInRange(0.3, 1);

        var again = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run");
        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("already holds a run; continue it with --resume");
    }

    [Fact]
    public void Train_killed_and_resumed_ends_with_the_same_weights_byte_for_byte()
    {
        using var tones = new ToneCorpus();
        string[] settings = ["--epochs", "30", "--batch", "8", "--seed", "3"];
        MinglingProcess.Run(tones.Folder, ["train", tones.Corpus, "--out", "whole", .. settings]).ExitCode.ShouldBe(0);

        int kills = 0;
        var random = new Random(5);
        while (kills < 4)
        {
            using var process = MinglingProcess.Start(tones.Folder, ["train", tones.Corpus, "--out", "cut", "--resume", .. settings]);
            // Kill at any moment once epochs are being written.
            process.StandardOutput.ReadLine();
            for (int lines = random.Next(1, 8); lines > 0; lines--) process.StandardOutput.ReadLine();
            Thread.Sleep(random.Next(20));
            if (process.HasExited) break;
            process.Kill();
            process.WaitForExit();
            kills++;
        }
        kills.ShouldBeGreaterThan(0);
        var end = MinglingProcess.Run(tones.Folder, ["train", tones.Corpus, "--out", "cut", "--resume", .. settings]);
        end.ExitCode.ShouldBe(0, end.Error);

        foreach (string file in new[] { "last.safetensors", "best.safetensors" })
            File.ReadAllBytes(tones[$"cut/{file}"]).AsSpan().SequenceEqual(File.ReadAllBytes(tones[$"whole/{file}"])).ShouldBeTrue(file);
        File.ReadAllLines(tones["cut/history.jsonl"]).Length.ShouldBe(30);
    }

    /// <summary>The libraries take a moment to unload, in which a signal finds nothing to stop.</summary>
    [Fact]
    public void Train_that_is_told_to_stop_when_it_is_done_has_succeeded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs kill");
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        foreach (int delay in new[] { 0, 20, 80 })
        {
            using var process = MinglingProcess.Start(tones.Folder, "train", tones.Corpus, "--out", $"run{delay}", "--epochs", "1", "--batch", "8");
            while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("Done.", StringComparison.Ordinal)) { }
            Thread.Sleep(delay);
            foreach (string signal in new[] { "-TERM", "-INT" }) Process.Start("kill", [signal, $"{process.Id}"]).WaitForExit();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, $"after {delay} ms: {process.StandardError.ReadToEnd()}");
        }
    }

    [Fact]
    public void Doctor_on_this_machine_finds_that_training_works()
    {
        var result = MinglingProcess.Run(Path.GetTempPath(), "doctor", "--json");
        result.ExitCode.ShouldBe(0, result.Output);
        JsonDocument.Parse(result.Output).RootElement.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("subject").GetString()!.Contains("libtorch")).GetProperty("verdict").GetString().ShouldBe("Works");
    }

    [Fact]
    public void A_training_with_few_recordings_begins_from_the_base_encoder_and_says_so()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 1);
        var result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--seed", "3");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldContain("note: 2 training clips of a word (median) are few, so the training begins from the base encoder (recipe few); to begin from nothing, say --from none.");
        var recipe = JsonDocument.Parse(File.ReadAllText(tones["run/run.json"])).RootElement.GetProperty("recipe");
        (recipe.GetProperty("from").GetString(), recipe.GetProperty("seed").GetInt32()).ShouldBe(("base", 3));

        result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--resume", "--from", "none");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("the run began with another --from");
    }

    [Fact]
    public void Resume_with_another_setting_is_refused()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "1").ExitCode.ShouldBe(0);
        var result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--resume", "--seed", "9");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("the run began with another --seed");

        File.Delete(Directory.GetFiles(tones.Corpus, "*.wav", SearchOption.AllDirectories)[0]);
        result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--resume");
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("the corpus is not the one that the run began with");
    }

    [Fact]
    public void Evaluate_in_its_own_corpus_never_judges_by_clips_it_learned()
    {
        using var tones = new ToneCorpus();
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "1").ExitCode.ShouldBe(0);
        Directory.CreateSymbolicLink(tones["link"], tones.Corpus);
        foreach (string word in Directory.GetDirectories(tones.Corpus))
        {
            Directory.CreateDirectory(Path.Combine(tones["copy"], Path.GetFileName(word)));
            foreach (string file in Directory.GetFiles(word)) File.Copy(file, Path.Combine(tones["copy"], Path.GetFileName(word), Path.GetFileName(file)));
        }

        foreach (string corpus in new[] { tones.Corpus, tones.Corpus + "/", tones["link"], tones["copy"] })
        {
            var result = MinglingProcess.Run(tones.Folder, "evaluate", "run", corpus, "--json");
            result.ExitCode.ShouldBe(0, result.Error);
            JsonDocument.Parse(result.Output).RootElement.GetProperty("clips").GetInt32().ShouldBe(9, corpus);
        }

        File.WriteAllText(tones["list.csv"], "file,class\n停/speaker0_take_0.wav,停\n停/speaker1_take_0.wav,停\n停/speaker2_take_0.wav,停\n停/speaker3_take_0.wav,停\n");
        var listed = MinglingProcess.Run(tones.Folder, "evaluate", "run", tones.Corpus, "--list", "list.csv", "--json");
        listed.ExitCode.ShouldBe(0, listed.Error);
        JsonDocument.Parse(listed.Output).RootElement.GetProperty("clips").GetInt32().ShouldBe(4);
        listed.Error.ShouldContain("the run learned from 3 of these clips");
    }

    [Fact]
    public void Train_several_at_once_in_one_folder_gives_one_whole_run()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        var processes = Enumerable.Range(1, 3)
            .Select(seed => (Seed: seed, Process: MinglingProcess.Start(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "3", "--seed", $"{seed}"))).ToList();
        foreach (var (_, process) in processes)
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }
        var winner = processes.Where(pair => pair.Process.ExitCode == 0).ShouldHaveSingleItem();
        JsonDocument.Parse(File.ReadAllText(tones["run/run.json"])).RootElement.GetProperty("recipe").GetProperty("seed").GetInt32().ShouldBe(winner.Seed);
        File.ReadAllLines(tones["run/history.jsonl"]).Length.ShouldBe(3);
    }
}

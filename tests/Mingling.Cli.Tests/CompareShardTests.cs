using System.Diagnostics;
using System.Text.Json;

namespace Mingling.Cli.Tests;

/// <summary>Comparisons that several workers make in one folder.</summary>
public class CompareShardTests
{
    private static readonly string[] Settings = ["--loss", "softmax", "--loss", "softmax + 0.01 center", "--folds", "2", "--seeds", "2", "--epochs", "6", "--batch", "8", "--jobs", "1", "--held-out", "none"];

    private static readonly string[] Compared = ["loss", "accuracy", "accuracyDeviation", "similarPairError", "intraInterRatio", "worstPairDPrime", "pairedP", "mcnemarP"];

    [Fact]
    public void Workers_killed_at_random_leave_a_table_that_is_complete_and_equal_to_one_made_alone()
    {
        using var tones = new ToneCorpus(speakers: 4, takes: 2);
        var alone = MinglingProcess.Run(tones.Folder, ["compare", tones.Corpus, .. Settings, "--out", "alone", "--json"]);
        alone.ExitCode.ShouldBe(0, alone.Error);

        var random = new Random(7);
        var workers = Enumerable.Range(1, 3).ToDictionary(number => number, number => Worker(tones, number));
        int killed = 0;
        try
        {
            while (killed < 3)
            {
                Thread.Sleep(random.Next(500, 4000));
                int number = random.Next(1, 3);
                if (workers[3].HasExited) break;
                if (workers[number].HasExited) continue;
                // As kill -9 does: no handler runs, and nothing is written any more.
                workers[number].Kill();
                workers[number].WaitForExit();
                if (++killed == 2) workers[number] = Worker(tones, number);
            }
            killed.ShouldBeGreaterThan(0);
            foreach (var worker in workers.Values) worker.WaitForExit(TimeSpan.FromMinutes(10)).ShouldBeTrue();
            workers[3].ExitCode.ShouldBe(0);
        }
        finally
        {
            foreach (var worker in workers.Values) worker.Kill();
        }

        var table = MinglingProcess.Run(tones.Folder, "compare", "--table", "shared", "--json");
        table.ExitCode.ShouldBe(0, table.Error);
        ShouldBeEqual(table.Output, alone.Output);
        // One worker alone put everything into the database.
        foreach (string folder in new[] { "shared/runs", "shared/claims" }) Directory.Delete(tones[folder], recursive: true);
        ShouldBeEqual(MinglingProcess.Run(tones.Folder, "compare", "--table", "shared", "--json").Output, alone.Output);
    }

    [Fact]
    public void Workers_of_a_cluster_are_known_by_its_environment()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        string[] asked = ["compare", tones.Corpus, "--loss", "softmax", "--epochs", "2", "--batch", "8", "--held-out", "none", "--out", "shared"];
        var wrong = MinglingProcess.RunWith(tones.Folder, ("JOB_COMPLETION_INDEX", "0"), asked);
        wrong.ExitCode.ShouldBe(2);
        wrong.Error.ShouldContain("JOB_COMPLETIONS is not set");
        wrong = MinglingProcess.RunWith(tones.Folder, ("SLURM_ARRAY_TASK_ID", "x"), asked);
        wrong.ExitCode.ShouldBe(2);
        wrong.Error.ShouldContain("SLURM_ARRAY_TASK_ID is 'x'");
        foreach (string text in new[] { "0/2", "3/2", "1", "a/b", "1/2/3" })
        {
            wrong = MinglingProcess.Run(tones.Folder, [.. asked, "--shard", text]);
            wrong.ExitCode.ShouldBe(2);
            wrong.Error.ShouldContain($"such as 2/4, not '{text}'");
        }
        // What is given overrides the environment.
        var made = MinglingProcess.RunWith(tones.Folder, ("SLURM_ARRAY_TASK_ID", "x"), [.. asked, "--shard", "2/2", "--json"]);
        made.ExitCode.ShouldBe(0, made.Error);
        Directory.GetFiles(tones["shared/claims"]).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_folder_is_shared_only_by_workers_that_say_so()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        string[] asked = ["compare", tones.Corpus, "--loss", "softmax", "--epochs", "100000", "--batch", "8", "--held-out", "none", "--out", "shared"];
        using var worker = MinglingProcess.Start(tones.Folder, [.. asked, "--shard", "1/2"]);
        for (var clock = Stopwatch.StartNew(); !Directory.Exists(tones["shared/runs"]) && clock.Elapsed < TimeSpan.FromMinutes(1);) Thread.Sleep(50);
        var other = MinglingProcess.Run(tones.Folder, asked);
        worker.Kill();
        worker.WaitForExit();
        other.ExitCode.ShouldBe(1);
        other.Error.ShouldContain("--shard");
    }

    private static Process Worker(ToneCorpus tones, int number)
    {
        var worker = MinglingProcess.Start(tones.Folder, ["compare", tones.Corpus, .. Settings, "--out", "shared", "--shard", $"{number}/3", "--claim-timeout", "3"]);
        _ = worker.StandardOutput.ReadToEndAsync();
        _ = worker.StandardError.ReadToEndAsync();
        return worker;
    }

    private static void ShouldBeEqual(string json, string expected)
    {
        JsonElement[] made = Variants(json), alone = Variants(expected);
        made.Length.ShouldBe(alone.Length);
        for (int i = 0; i < made.Length; i++)
        {
            foreach (string name in Compared) made[i].GetProperty(name).ToString().ShouldBe(alone[i].GetProperty(name).ToString(), name);
            made[i].GetProperty("runs").GetArrayLength().ShouldBe(alone[i].GetProperty("runs").GetArrayLength());
        }
    }

    private static JsonElement[] Variants(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("variants").EnumerateArray()];
}

using System.Diagnostics;
using System.Text.Json;
using Mingling.Studio.Jobs;
using Mingling.Studio.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests;

/// <summary>Trainings as processes that outlive the studio.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task Training_is_stopped_goes_on_and_learns_what_it_would_have_learned()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go", "stop");
        string r = await StopAsync(studio, epochs: 60);
        // Recordings that are added meanwhile are for the next training.
        await studio.Client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=new", OpenedStudio.Tone());
        await studio.Client.PostAsync($"/api/runs/resume?run={r}");
        var done = await TrainedStudio.UntilAsync(studio.Client, r, "done");
        done.GetProperty("history").GetArrayLength().ShouldBe(60);
        done.GetProperty("hasModel").GetBoolean().ShouldBeTrue();
        done.GetProperty("hasReport").GetBoolean().ShouldBeTrue();
        using var report = await studio.Client.RawAsync(HttpMethod.Get, $"/report?run={r}");
        report.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox allow-scripts; default-src 'none'");
    }

    /// <summary>
    /// A training that was stopped between its second and its last pass. On a machine that is busy a training may be over before the wish
    /// reaches it; then another is begun, because what goes on is to be seen.
    /// </summary>
    private static async Task<string> StopAsync(OpenedStudio studio, int epochs)
    {
        for (int attempt = 1; attempt <= 6; attempt++)
        {
            string run = $"r{attempt}";
            await studio.Client.PostAsync("/api/runs", new { corpus = "c", kind = "quick", name = run, epochs });
            await TrainedStudio.UntilAsync(studio.Client, run, "running", found => found.GetProperty("history").GetArrayLength() >= 2, orDone: true);
            var resume = await studio.Client.RefusalAsync(HttpMethod.Post, $"/api/runs/resume?run={run}");
            var delete = await studio.Client.RefusalAsync(HttpMethod.Delete, $"/api/runs?run={run}");
            if (resume.Code is null || delete.Code is null) continue;
            (resume.Code, delete.Code).ShouldBe(("job-runs", "job-runs"));
            await studio.Client.PostAsync($"/api/runs/stop?run={run}");
            var stopped = await TrainedStudio.UntilAsync(studio.Client, run, "stopped", orDone: true);
            int passes = stopped.GetProperty("history").GetArrayLength();
            if (stopped.GetProperty("state").GetString() == "stopped" && passes < epochs)
            {
                passes.ShouldBeGreaterThanOrEqualTo(2);
                return run;
            }
        }
        throw new InvalidOperationException("no training could be stopped before it was over");
    }

    [Fact]
    public async Task Studio_and_training_that_are_killed_go_on_where_they_were()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are killed by signals.");
        using var folder = new TemporaryFolder();
        using (var program = Process.Start(Start(folder))!)
        {
            var address = await AddressAsync(program);
            using var client = await StudioClient.OpenAsync(address);
            foreach (string word in new[] { "go", "stop" })
            {
                Directory.CreateDirectory(Path.Combine(folder["studio"], "corpora", "c", word));
                foreach (string file in SampleClips.Of(word)) File.Copy(file, Path.Combine(folder["studio"], "corpora", "c", word, Path.GetFileName(file)));
            }
            await client.PostAsync("/api/runs", new { corpus = "c", kind = "quick", name = "r", epochs = 100 });
            await TrainedStudio.UntilAsync(client, "r", "running", run => run.GetProperty("history").GetArrayLength() >= 2);
            await client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=late", OpenedStudio.Tone());
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        File.ReadAllBytes(Path.Combine(folder["studio"], "corpora", "c", "go", "late_001.wav")).ShouldBe(OpenedStudio.Tone());
        await using var studio = await OpenedStudio.OpenAsync(folder);
        var done = await TrainedStudio.UntilAsync(studio.Client, "r", "done");
        done.GetProperty("history").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()).ShouldBe(Enumerable.Range(1, 100));
    }

    [Fact]
    public async Task Studio_that_ends_leaves_its_training_and_the_next_finds_it()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await OpenedStudio.OpenAsync(folder))
        {
            first.Copy("c", "go", "stop");
            await first.Client.PostAsync("/api/runs", new { corpus = "c", kind = "quick", name = "r", epochs = 5000 });
            await TrainedStudio.UntilAsync(first.Client, "r", "running", run => run.GetProperty("history").GetArrayLength() >= 1);
        }
        await using var second = await OpenedStudio.OpenAsync(folder);
        (await second.Client.GetAsync("/api/run?run=r")).GetProperty("state").GetString().ShouldBe("running");
        await second.Client.PostAsync("/api/runs/stop?run=r");
        await TrainedStudio.UntilAsync(second.Client, "r", "stopped");
    }

    [Fact]
    public async Task Training_that_cannot_work_says_why()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go");
        (await studio.Client.RefusalAsync(HttpMethod.Post, "/api/runs", JsonSerializer.SerializeToUtf8Bytes(new { corpus = "c", kind = "quick" }))).Status.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        Directory.CreateDirectory(studio["corpora/c/stop"]);
        File.WriteAllBytes(studio["corpora/c/stop/a_1.wav"], [1, 2, 3]);
        await studio.Client.PostAsync("/api/runs", new { corpus = "c", kind = "quick", name = "r", epochs = 1 });
        var failed = await TrainedStudio.UntilAsync(studio.Client, "r", "failed");
        var failure = failed.GetProperty("failure");
        failure.GetProperty("text").GetString()!.Length.ShouldBeGreaterThan(10);
        failure.GetProperty("text").GetString()!.ShouldNotContain("   at ");
        // The page says it in any language: by its code and what it names.
        failure.GetProperty("code").GetString().ShouldBe("corpus.single-clip");
        failure.GetProperty("values").GetProperty("word").GetString().ShouldBe("stop");
    }

    [Fact]
    public async Task Run_of_the_command_line_is_seen_and_its_lock_is_told()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go", "stop");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in OpenedStudio.Command.Skip(1).Concat(["train", studio["corpora/c"], "--out", studio["runs/mine"], "--epochs", "5000", "--json"])) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            for (int i = 0; i < 2400 && !File.Exists(studio["runs/mine/history.jsonl"]); i++) await Task.Delay(200, TestContext.Current.CancellationToken);
            (await studio.Client.GetAsync("/api/run?run=mine")).GetProperty("state").GetString().ShouldBe("elsewhere");
            (await studio.Client.RefusalAsync(HttpMethod.Delete, "/api/runs?run=mine")).Code.ShouldBe("job-runs");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        (await studio.Client.GetAsync("/api/run?run=mine")).GetProperty("state").GetString().ShouldBe("interrupted");
    }

    [Fact]
    public void Job_files_that_are_damaged_are_no_jobs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x.json"], "{");
        new JobFiles(folder.Path, "x").ReadJob().ShouldBeNull();
        new JobFiles(folder.Path, "x").ReadProgress().ShouldBe(new JobProgress(0, null));

        var files = new JobFiles(folder.Path, "x");
        files.Write(new Job("x", "training", "mine", [["train", "corpora/mine"], ["export", "runs/mine"]]));
        files.ReadJob().ShouldNotBeNull();
        int read = 0;
        foreach (string changed in ChangedJson.Of(File.ReadAllText(folder["x.json"])))
        {
            File.WriteAllText(folder["x.json"], changed);
            if (files.ReadJob() is not { } job) continue;
            read++;
            (job.Id + job.Kind + job.Subject).ShouldNotBeNull();
            job.Steps.ShouldAllBe(step => new[] { "train", "export", "report" }.Contains(step[0]));
        }
        read.ShouldBeGreaterThan(0);
        File.WriteAllText(folder["x.json"], """{"Id":"x","Kind":"training","Subject":"mine","Steps":[["corpus","synthesize","--program","/tmp/evil"]]}""");
        files.ReadJob().ShouldBeNull();
        File.WriteAllText(folder["x.progress.json"], """{"Step":-5,"Failure":null}""");
        files.ReadProgress().Step.ShouldBe(0);
    }

    private static ProcessStartInfo Start(TemporaryFolder folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in OpenedStudio.Command.Skip(1).Concat(["studio", folder["studio"], "--port", "0", "--no-browser"])) start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task<Uri> AddressAsync(Process program)
    {
        string line = (await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        return new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
    }
}

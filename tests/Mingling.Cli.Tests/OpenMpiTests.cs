using System.Diagnostics;

namespace Mingling.Cli.Tests;

/// <summary>Trainings in several processes, started by mpirun of Open MPI; skipped without it.</summary>
public sealed class OpenMpiTests : IDisposable
{
    private static readonly string[] Settings =
        ["--epochs", "4", "--batch", "96", "--clips-per-class", "32", "--width", "0.5", "--loss", "softmax + triplet(mining: semi-hard(random: true)) + memory(loss: contrastive, size: 64)"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly ToneCorpus _tones = new(speakers: 4, takes: 16);

    public void Dispose() => _tones.Dispose();

    [Fact]
    public void Two_and_three_processes_end_with_the_bytes_of_one_and_one_of_them_speaks()
    {
        SkipWithoutMpi();
        MinglingProcess.Run(_tones.Folder, ["train", _tones.Corpus, "--out", "1", "--threads", "2", .. Settings]).ExitCode.ShouldBe(0);
        foreach (int processes in new[] { 2, 3 })
        {
            var (code, output, error) = Run(processes, ["train", _tones.Corpus, "--out", $"{processes}", .. Settings]);
            code.ShouldBe(0, error);
            output.Split('\n').Count(line => line.StartsWith("epoch 1/4", StringComparison.Ordinal)).ShouldBe(1);
            output.Split('\n').Count(line => line.StartsWith("Done.", StringComparison.Ordinal)).ShouldBe(1);
            ShouldBeEqual($"{processes}", "1");
        }
    }

    [Fact]
    public void A_process_that_is_killed_ends_all_and_any_number_of_them_goes_on_with_the_same_bytes()
    {
        SkipWithoutMpi();
        MinglingProcess.Run(_tones.Folder, ["train", _tones.Corpus, "--out", "whole", .. Settings]).ExitCode.ShouldBe(0);
        using (var mpirun = Start(2, ["train", _tones.Corpus, "--out", "cut", "--resume", .. Settings]))
        {
            string history = _tones[Path.Combine("cut", "history.jsonl")];
            var clock = Stopwatch.StartNew();
            while (!File.Exists(history) && !mpirun.HasExited && clock.Elapsed < Patience) Thread.Sleep(20);
            if (ProcessOf(mpirun, rank: 1) is { } killed) killed.Kill();
            mpirun.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue("the others go on without the process that was killed");
        }
        var (code, _, error) = Run(3, ["train", _tones.Corpus, "--out", "cut", "--resume", .. Settings]);
        code.ShouldBe(0, error);
        ShouldBeEqual("cut", "whole");
    }

    [Fact]
    public void What_is_wrong_is_said_once_and_ends_all()
    {
        SkipWithoutMpi();
        var (code, _, error) = Run(2, ["train", "nothing here", "--out", "run"]);
        code.ShouldNotBe(0);
        error.Split('\n').Count(line => line.StartsWith("mingling: ", StringComparison.Ordinal)).ShouldBe(1, error);
    }

    private void ShouldBeEqual(string run, string expected)
    {
        foreach (string file in new[] { "last.safetensors", "best.safetensors" })
            File.ReadAllBytes(_tones[Path.Combine(run, file)]).AsSpan().SequenceEqual(File.ReadAllBytes(_tones[Path.Combine(expected, file)])).ShouldBeTrue($"{file} of {run}");
    }

    private static void SkipWithoutMpi() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "mpirun"))), "There is no mpirun.");

    /// <summary>The process of a number, by what mpirun tells it.</summary>
    private static Process? ProcessOf(Process mpirun, int rank)
    {
        foreach (string folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                string status = File.ReadAllText(Path.Combine(folder, "status")), environment = File.ReadAllText(Path.Combine(folder, "environ"));
                if (status.Contains($"PPid:\t{mpirun.Id}\n", StringComparison.Ordinal) && environment.Contains($"OMPI_COMM_WORLD_RANK={rank}\0", StringComparison.Ordinal))
                    return Process.GetProcessById(int.Parse(Path.GetFileName(folder)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // It has ended, or is none of ours.
            }
        }
        return null;
    }

    private (int Code, string Output, string Error) Run(int processes, string[] arguments)
    {
        using var mpirun = Start(processes, arguments);
        var output = mpirun.StandardOutput.ReadToEndAsync();
        var error = mpirun.StandardError.ReadToEndAsync();
        if (!mpirun.WaitForExit(Patience))
        {
            mpirun.Kill(entireProcessTree: true);
            throw new TimeoutException($"{processes} processes do not end: {output.Result} {error.Result}");
        }
        return (mpirun.ExitCode, output.Result, error.Result);
    }

    private Process Start(int processes, string[] arguments)
    {
        var start = new ProcessStartInfo("mpirun") { WorkingDirectory = _tones.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Tests may run as root, and on fewer cores than processes.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        foreach (string argument in (string[])["--oversubscribe", "--bind-to", "none", "-n", $"{processes}", "dotnet", Path.Combine(AppContext.BaseDirectory, "mingling.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

using System.Diagnostics;
using Mingling.Studio.Jobs;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests;

/// <summary>Fetching libtorch as a job of the studio.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task Fetching_is_cancelled_with_all_that_it_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program that stands for dotnet is a script.");
        using var folder = new TemporaryFolder();
        string marker = folder["restoring"];
        Script(folder, $"echo $$ > '{marker}'\nexec /bin/sleep 600");
        using var job = Start(folder);
        for (int i = 0; i < 1200 && !(File.Exists(marker) && File.ReadAllText(marker).EndsWith('\n')); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        int restoring = int.Parse(File.ReadAllText(marker), System.Globalization.CultureInfo.InvariantCulture);
        Directory.Exists($"/proc/{restoring}").ShouldBeTrue();
        File.WriteAllText(new JobFiles(folder["jobs"], "setup").Stop, "");
        await job.WaitForExitAsync(TestContext.Current.CancellationToken);
        for (int i = 0; i < 600 && Directory.Exists($"/proc/{restoring}"); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        Directory.Exists($"/proc/{restoring}").ShouldBeFalse("the restore still works");
        new JobFiles(folder["jobs"], "setup").ReadProgress().Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Fetching_that_fails_says_why_by_a_code()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program that stands for dotnet is a script.");
        using var folder = new TemporaryFolder();
        Script(folder, "echo 'error NU1301: there is no network'\nexit 1");
        using (var job = Start(folder)) await job.WaitForExitAsync(TestContext.Current.CancellationToken);
        var cause = new JobFiles(folder["jobs"], "setup").ReadProgress().Cause!;
        cause.Code.ShouldBe("setup.not-fetched");
        $"{cause.Values!["why"]}".ShouldContain("there is no network");

        Directory.Delete(folder["bin"], recursive: true);
        using (var job = Start(folder)) await job.WaitForExitAsync(TestContext.Current.CancellationToken);
        new JobFiles(folder["jobs"], "setup").ReadProgress().Cause!.Code.ShouldBe("setup.no-sdk");
    }

    private static void Script(TemporaryFolder folder, string text)
    {
        Directory.CreateDirectory(folder["bin"]);
        File.WriteAllText(folder["bin/dotnet"], "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["bin/dotnet"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A job's process that finds no libtorch, and the script in the place of dotnet.</summary>
    private static Process Start(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["jobs"]);
        new JobFiles(folder["jobs"], "setup").Write(new Job("setup", "setup", "libtorch", [["setup"]]));
        File.Delete(new JobFiles(folder["jobs"], "setup").Progress);
        // The program itself, as the tool starts it: beside 'dotnet', the real one would be found first.
        var start = new ProcessStartInfo(Path.Combine(AsInstalled(folder), "mingling")) { RedirectStandardOutput = true };
        foreach (string argument in new[] { JobRunner.Command, folder["jobs"], "setup" }) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Path.GetFullPath(Dotnet()));
        start.Environment["NUGET_PACKAGES"] = folder["packages"];
        // Nothing but the script, so that no other dotnet is found.
        start.Environment["PATH"] = folder["bin"];
        return Process.Start(start)!;
    }

    /// <summary>The command as it is installed, without libtorch beside it.</summary>
    private static string AsInstalled(TemporaryFolder folder)
    {
        if (Directory.Exists(folder["app"])) return folder["app"];
        Directory.CreateDirectory(folder["app"]);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => file.EndsWith(".dll", StringComparison.Ordinal) || Path.GetFileName(file) is "mingling.runtimeconfig.json" or "mingling"))
            File.Copy(file, Path.Combine(folder["app"], Path.GetFileName(file)));
        return folder["app"];
    }

    /// <summary>The program dotnet, behind the links that lead to it.</summary>
    private static string Dotnet()
    {
        string found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
        return new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;
    }
}

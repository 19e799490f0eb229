using Microsoft.Playwright;
using Mingling.Experiments.Reports;
using Mingling.Experiments.Reports.Content;
using Mingling.Tests.Shared;

namespace Mingling.Browser.Tests;

/// <summary>The reports that the tests look at, and Chromium; without it the tests are skipped.</summary>
public sealed class ReportFixture : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-browser-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A page about one run over words that try to become markup.</summary>
    public string Hostile => Path.Combine(_folder, "hostile.html");

    /// <summary>A page about two runs.</summary>
    public string Two => Path.Combine(_folder, "two.html");

    internal RunReport Run { get; private set; } = null!;

    internal IBrowser Browser
    {
        get
        {
            if (_browser is null) Assert.Skip($"There is no {string.Join(", ", Names)} to open the page with.");
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        string? program = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))).FirstOrDefault(File.Exists);
        if (program is null) return;
        Run = MadeRuns.Run(Path.Combine(_folder, "run"), MadeRuns.HostileWords);
        ReportFiles.Write(MadeRuns.Of(Run), Hostile, null);
        ReportFiles.Write(MadeRuns.Of(MadeRuns.Run(Path.Combine(_folder, "a"), ["on", "off"]), MadeRuns.Run(Path.Combine(_folder, "b"), ["up", "down"])), Two, null);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

using Microsoft.Playwright;
using Mingling.Audio;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests.Browser;

/// <summary>Chromium with a microphone that is fed from a WAV file over and over; without it the tests are skipped.</summary>
public sealed class StudioBrowser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>What the microphone hears, over and over: each word of the small model once, 1.4 s of quiet before each.</summary>
    internal static readonly string[] Spoken = ["go", "stop", "no", "start"];

    internal IBrowser Browser
    {
        get
        {
            if (_browser is null) Assert.Skip($"There is no {string.Join(", ", Names)} to open the page with.");
            return _browser;
        }
    }

    /// <summary>The script that judges accessibility; a test without it is skipped.</summary>
    internal static string Axe
    {
        get
        {
            string path = Path.GetFullPath(Path.Combine(SampleClips.Folder, "../../tests/Mingling.Studio.Tests/node_modules/axe-core/axe.min.js"));
            Assert.SkipUnless(File.Exists(path), "There is no axe-core; 'npm ci' in tests/Mingling.Studio.Tests fetches it.");
            return File.ReadAllText(path);
        }
    }

    /// <summary>Five seconds, as Playwright has it, are short where a training takes the machine; what is waited for comes or does not.</summary>
    static StudioBrowser() => Assertions.SetDefaultExpectTimeout(60_000);

    public async ValueTask InitializeAsync()
    {
        string? program = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))).FirstOrDefault(File.Exists);
        if (program is null) return;
        WavWriter.Write(_folder["microphone.wav"], Microphone());
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
                "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-audio-capture={_folder["microphone.wav"]}",
            ],
        });
    }

    /// <summary>A page of the studio that complains of what it should not do.</summary>
    internal async Task<StudioPage> OpenAsync(Uri address, string view = "words", int width = 1280, ColorScheme scheme = ColorScheme.Light, string language = "en", bool forAxe = false, string? script = null)
    {
        var context = await Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            Locale = language,
            Permissions = ["microphone"],
            ReducedMotion = ReducedMotion.Reduce,
            // What judges the page is not of the page.
            BypassCSP = forAxe,
            AcceptDownloads = true,
        });
        if (script is not null) await context.AddInitScriptAsync(script);
        var page = new StudioPage(context, await context.NewPageAsync(), address);
        await page.GoAsync(view);
        return page;
    }

    /// <summary>Waits for the end of a download, which is a file of the studio byte for byte.</summary>
    internal static async Task IsFileAsync(IDownload download, string file)
    {
        download.SuggestedFilename.ShouldBe(Path.GetFileName(file));
        (await download.FailureAsync()).ShouldBeNull();
        byte[] saved = await File.ReadAllBytesAsync(await download.PathAsync()), there = await File.ReadAllBytesAsync(file);
        saved.AsSpan().SequenceEqual(there).ShouldBeTrue(file);
    }

    private static AudioClip Microphone()
    {
        const int rate = 16_000;
        var random = new Random(3);
        List<float> sound = [];
        foreach (string word in Spoken)
        {
            sound.AddRange(new float[(int)(1.4 * rate)]);
            sound.AddRange(SampleClips.Read($"{word}/f2_1", rate));
        }
        return new AudioClip([.. sound.Select(sample => sample + (0.001f * (random.NextSingle() - 0.5f)))], rate);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Dispose();
    }
}

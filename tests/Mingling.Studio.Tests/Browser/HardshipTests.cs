using System.IO.Compression;
using Microsoft.Playwright;
using Mingling.Studio.Tests.Support;
using Mingling.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Mingling.Studio.Tests.Browser;

/// <summary>What happens to a page that its maker would rather not think of: old browsers, lost microphones and networks, many and long names, other hands in the folder.</summary>
[Collection(nameof(TrainedStudio))]
public sealed class HardshipTests(TrainedStudio trained, StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    private const string Arabic = "افتح الباب", ArabicSpeaker = "ليلى";

    [Fact]
    public async Task Browser_without_an_audio_thread_records_all_the_same()
    {
        await using var studio = await WithWordsAsync("go", "stop");
        await using var opened = await browser.OpenAsync(studio.Server.Address, script: "Object.defineProperty(BaseAudioContext.prototype, 'audioWorklet', { get: () => undefined });");
        await opened.GoAsync("record");
        await opened.Page.Locator("#speaker").FillAsync("mia");
        await opened.Page.Locator("#rounds").FillAsync("1");
        await opened.Page.Locator("#record").ClickAsync();
        await Expect(opened.Page.Locator("#record-state")).ToContainTextAsync("Done", new() { Timeout = 240_000 });
        await UntilAsync(() => Directory.GetFiles(studio["corpora/c"], "*.wav", SearchOption.AllDirectories).Length == 2);
        foreach (string take in Directory.GetFiles(studio["corpora/c"], "*.wav", SearchOption.AllDirectories))
        {
            var clip = Audio.AudioFile.Read(take);
            Audio.ClipLevel.HasSound(clip.Samples, clip.SampleRate).ShouldBeTrue(take);
        }
        opened.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("NotAllowedError", "may not be used")]
    [InlineData("NotFoundError", "There is no microphone")]
    [InlineData("NotReadableError", "in use by another program")]
    public async Task Microphone_that_cannot_be_had_is_told_in_words(string name, string said)
    {
        await using var opened = await browser.OpenAsync(trained.Studio.Server.Address, script: $"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'));");
        foreach ((string view, string button) in new[] { ("live", "#listen"), ("record", "#record"), ("enroll", "#enroll") })
        {
            await opened.GoAsync(view);
            if (view == "record") await opened.Page.Locator("#speaker").FillAsync("mia");
            if (view == "enroll") await opened.Page.Locator("#enroll-word").FillAsync("hello");
            string before = (await opened.Page.Locator(button).TextContentAsync())!;
            await opened.Page.Locator(button).ClickAsync();
            await Expect(opened.Page.Locator("#alert")).ToContainTextAsync(said);
            await Expect(opened.Page.Locator(button)).ToHaveTextAsync(before);
            await opened.Page.EvaluateAsync("document.getElementById('alert').replaceChildren()");
        }
        opened.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("live", "#listen", "Listen")]
    [InlineData("record", "#record", "Record")]
    [InlineData("enroll", "#enroll", "Begin")]
    public async Task Microphone_that_is_pulled_out_ends_in_words_and_can_be_begun_again(string view, string button, string again)
    {
        await using var opened = await browser.OpenAsync(trained.Studio.Server.Address, view, script: KeepTracks);
        var page = opened.Page;
        if (view == "record") await page.Locator("#speaker").FillAsync("mia");
        if (view == "enroll") await page.Locator("#enroll-word").FillAsync("hello");
        await page.Locator(button).ClickAsync();
        await Expect(page.Locator(button)).ToHaveTextAsync("Stop");
        await UntilAsync(() => page.EvaluateAsync<bool>("window.tracks.length > 0 && window.tracks[0].onended !== null"));
        await page.EvaluateAsync("() => { window.tracks[0].stop(); window.tracks[0].onended(); }");
        await Expect(page.Locator("#alert")).ToContainTextAsync("The microphone was disconnected");
        await Expect(page.Locator(button)).ToHaveTextAsync(again);
        await page.Locator(button).ClickAsync();
        await Expect(page.Locator(button)).ToHaveTextAsync("Stop");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connection_that_dies_while_listening_comes_back_by_itself()
    {
        await using var opened = await browser.OpenAsync(trained.Studio.Server.Address, "live", script: """
            const Real = WebSocket;
            window.sockets = [];
            window.WebSocket = class extends Real { constructor(...given) { super(...given); window.sockets.push(this); } };
            """);
        var page = opened.Page;
        await page.Locator("#threshold").FillAsync("0.3");
        await page.Locator("#listen").ClickAsync();
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Listening.");
        // As after a sleep: the socket is gone, nobody pressed anything.
        await page.EvaluateAsync("window.sockets.at(-1).close()");
        await Expect(page.Locator("#live-state")).ToContainTextAsync("tries again");
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Listening.");
        (await page.EvaluateAsync<int>("window.sockets.length")).ShouldBe(2);
        int before = await page.Locator("#heard li").CountAsync();
        await UntilAsync(async () => await page.Locator("#heard li").CountAsync() > before);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Studio_that_is_begun_anew_is_told_to_a_page_that_listens()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["studio/models"]);
        File.Copy(trained.Studio[$"models/{TrainedStudio.Model}.onnx"], folder["studio/models/m.onnx"]);
        int port;
        StudioPage opened;
        await using (var first = await OpenedStudio.OpenAsync(folder))
        {
            port = first.Server.Address.Port;
            opened = await browser.OpenAsync(first.Server.Address, "live");
            await opened.Page.Locator("#listen").ClickAsync();
            await Expect(opened.Page.Locator("#live-state")).ToHaveTextAsync("Listening.");
        }
        await Expect(opened.Page.Locator("#live-state")).ToContainTextAsync("tries again");
        await using var second = await OpenedStudio.OpenAsync(folder, options => options with { Port = port });
        await Expect(opened.Page.Locator("#alert")).ToContainTextAsync("begun anew");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Load the page anew" }).Or(opened.Page.Locator("#alert button")).First.ClickAsync();
        await opened.Page.Locator("#listen").ClickAsync();
        await Expect(opened.Page.Locator("#live-state")).ToHaveTextAsync("Listening.");
        await opened.DisposeAsync();
    }

    [Theory]
    [InlineData(360, 1)]
    [InlineData(1280, 2)]
    public async Task Two_hundred_long_and_arabic_words_fit_every_step(int width, int zoom)
    {
        await using var studio = await OpenedStudio.OpenAsync();
        string collection = "أوامر البيت";
        await studio.Client.PostAsync("/api/corpora", new { name = collection });
        string[] words = [Arabic, .. Enumerable.Range(1, 99).Select(i => $"أمر طويل جدا رقم {i} لا ينتهي"), .. Enumerable.Range(1, 99).Select(i => $"a very long command that nobody would ever say number {i}"), new string('w', 80)];
        foreach (string word in words) Directory.CreateDirectory(Path.Combine(studio.Root, "corpora", collection, word));
        foreach (string word in words.Take(2))
            for (int i = 1; i <= 3; i++) File.Copy(SampleClips.Of("go")[i], Path.Combine(studio.Root, "corpora", collection, word, $"{ArabicSpeaker}_{i:000}.wav"));
        // A zoom of 200 % leaves half of the width.
        await using var opened = await browser.OpenAsync(studio.Server.Address, "words", width / zoom);
        await Expect(opened.Page.Locator("#words li")).ToHaveCountAsync(200);
        // A name within a sentence does not turn its neighbours around.
        await opened.Page.Locator("#new-word").FillAsync(Arabic);
        await opened.Page.Locator("#new-word").PressAsync("Enter");
        await Expect(opened.Page.Locator("#alert")).ToHaveTextAsync($"There is a word “\u2068{Arabic}\u2069” already.");
        (await opened.Page.Locator("#words .name bdi").CountAsync()).ShouldBe(200);
        foreach (string view in new[] { "words", "record", "check", "train" })
        {
            await opened.GoAsync(view);
            if (view == "check") await Expect(opened.Page.Locator("#check-size")).ToBeVisibleAsync(new() { Timeout = 240_000 });
            if (view == "record")
            {
                await opened.Page.Locator("#word").SelectOptionAsync(Arabic);
                await Expect(opened.Page.Locator("#takes li").First).ToBeVisibleAsync();
                (await opened.Page.Locator("#say").GetAttributeAsync("dir")).ShouldBe("auto");
            }
            (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width / zoom, view);
        }
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Thousand_takes_are_listed_and_two_thousand_files_come_in_a_zip()
    {
        await using var studio = await WithWordsAsync("go", "stop");
        byte[] sound = OpenedStudio.Tone(0.3);
        for (int i = 1; i <= 1000; i++) File.WriteAllBytes(studio[$"corpora/c/go/mia_{i:0000}.wav"], sound);
        await using var opened = await browser.OpenAsync(studio.Server.Address, "record");
        await Expect(opened.Page.Locator("#takes li")).ToHaveCountAsync(60);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(opened.Page.Locator("#takes li")).ToHaveCountAsync(1000);

        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder["many.zip"], ZipArchiveMode.Create))
        {
            for (int i = 0; i < 2000; i++)
            {
                await using var entry = zip.CreateEntry($"all/{(i % 2 == 0 ? "left" : "right")}/ben_{i:0000}.wav").Open();
                await entry.WriteAsync(sound, TestContext.Current.CancellationToken);
            }
        }
        await opened.GoAsync("words");
        await opened.Page.Locator("#import-files").SetInputFilesAsync(folder["many.zip"]);
        // All of it is there; while it is read, somebody loads the page anew.
        await UntilAsync(() => Directory.Exists(studio["corpora/c/left"]));
        await opened.Page.ReloadAsync();
        await Expect(opened.Page.Locator("#words")).ToContainTextAsync("right", new() { Timeout = 300_000 });
        await UntilAsync(() => Directory.Exists(studio["corpora/c/right"]) && Directory.GetFiles(studio["corpora/c/right"]).Length == 1000);
        Directory.GetFiles(studio["corpora/c/left"]).Length.ShouldBe(1000);
        // What it gathered is deleted after the last recording is written.
        await UntilAsync(() => !Directory.EnumerateDirectories(studio[".studio/imports"]).Any());
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Folder_that_others_change_meanwhile_is_seen_and_nothing_breaks()
    {
        await using var studio = await WithWordsAsync("go", "stop");
        foreach (string file in SampleClips.Of("go").Take(2)) File.Copy(file, studio[$"corpora/c/go/{Path.GetFileName(file)}"]);
        await using var opened = await browser.OpenAsync(studio.Server.Address);
        var page = opened.Page;
        await Expect(page.Locator("#words li")).ToHaveCountAsync(2);
        Directory.CreateDirectory(studio["corpora/c/from outside"]);
        await Expect(page.Locator("#words")).ToContainTextAsync("from outside");
        // The word whose takes are shown goes.
        await opened.GoAsync("record");
        await page.Locator("#word").SelectOptionAsync("go");
        await Expect(page.Locator("#takes li")).ToHaveCountAsync(2);
        Directory.Delete(studio["corpora/c/go"], recursive: true);
        await page.Locator("#takes li button").Last.ClickAsync();
        await Expect(page.Locator("#alert")).ToContainTextAsync("There is no word “go”");
        // The whole collection goes.
        Directory.Delete(studio["corpora/c"], recursive: true);
        await opened.GoAsync("words");
        await Expect(page.Locator("#new-corpus")).ToBeVisibleAsync();
        opened.Complaints.ShouldBeEmpty();
    }

    private const string KeepTracks = """
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        window.tracks = [];
        navigator.mediaDevices.getUserMedia = async (wanted) => { const stream = await ask(wanted); window.tracks = stream.getAudioTracks(); return stream; };
        """;

    private static async Task<OpenedStudio> WithWordsAsync(params string[] words)
    {
        var studio = await OpenedStudio.OpenAsync();
        foreach (string word in words) Directory.CreateDirectory(studio[$"corpora/c/{word}"]);
        return studio;
    }

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var end = DateTime.UtcNow + TimeSpan.FromMinutes(4); DateTime.UtcNow < end; await Task.Delay(200, TestContext.Current.CancellationToken))
            if (await isSo()) return;
        throw new TimeoutException("it did not come to that");
    }
}

using Microsoft.Playwright;
using Mingling.Studio.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Mingling.Studio.Tests.Browser;

/// <summary>The whole way of a person, in Chromium.</summary>
public sealed class WholeWayTests(StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    private static readonly LocatorAssertionsToContainTextOptions Long = new() { Timeout = 480_000 };
    private static readonly LocatorAssertionsToBeVisibleOptions LongVisible = new() { Timeout = 480_000 };

    [Fact]
    public async Task From_an_idea_to_a_recogniser_that_hears_the_microphone()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        await using var opened = await browser.OpenAsync(studio.Server.Address);
        var page = opened.Page;

        // A collection with four words; the sample recordings of three voices come by files, a fourth voice by the microphone.
        await page.Locator("#new-corpus").FillAsync("mine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin", Exact = true }).ClickAsync();
        foreach (string word in StudioBrowser.Spoken)
        {
            await page.Locator("#new-word").FillAsync(word);
            await page.Locator("#new-word").PressAsync("Enter");
            await Expect(page.Locator("#words")).ToContainTextAsync(word);
        }
        foreach (string word in StudioBrowser.Spoken)
        {
            await page.Locator("#import-word").FillAsync(word);
            await page.Locator("#import-files").SetInputFilesAsync(Mingling.Tests.Shared.SampleClips.Of(word).Where(file => !Path.GetFileName(file).StartsWith("f2", StringComparison.Ordinal)).ToArray());
            // The page tells when all of them are in, and is then ready for the next.
            await Expect(page.Locator("#status")).ToContainTextAsync("of 1 words came in", Long);
            Count(studio, word).ShouldBeGreaterThanOrEqualTo(40);
            await page.EvaluateAsync("document.getElementById('status').replaceChildren()");
        }

        // Recording in the page: each word once, by voice; the microphone says them in the same order, over and over.
        await opened.GoAsync("record");
        await page.Locator("#speaker").FillAsync("mia");
        await page.Locator("#rounds").FillAsync("1");
        await page.Locator("#record").ClickAsync();
        await Expect(page.Locator("#record-state")).ToContainTextAsync("Done", Long);
        foreach (string word in StudioBrowser.Spoken)
        {
            for (int i = 0; i < 1200 && Directory.GetFiles(studio[$"corpora/mine/{word}"], "mia_*.wav").Length == 0; i++) await Task.Delay(100, TestContext.Current.CancellationToken);
            string take = Directory.GetFiles(studio[$"corpora/mine/{word}"], "mia_*.wav").ShouldHaveSingleItem();
            var clip = Audio.AudioFile.Read(take);
            clip.Duration.TotalSeconds.ShouldBeInRange(0.4, 4.5);
            Audio.ClipLevel.HasSound(clip.Samples, clip.SampleRate).ShouldBeTrue(take);
        }
        // A take is heard, deleted and taken back.
        string last = StudioBrowser.Spoken.Order(StringComparer.Ordinal).Last();
        await page.Locator("#word").SelectOptionAsync(last);
        var mine = page.Locator("#takes li", new() { HasText = "mia" });
        await Expect(mine).ToHaveCountAsync(1);
        await mine.GetByRole(AriaRole.Button).First.ClickAsync();
        await mine.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Expect(mine).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(mine).ToHaveCountAsync(1);

        await opened.GoAsync("check");
        await Expect(page.Locator("#check-size")).ToContainTextAsync("4 words", Long);

        // Training, with a reload in the middle.
        await opened.GoAsync("train");
        await page.GetByText("More settings").ClickAsync();
        await page.Locator("#run-epochs").FillAsync("120");
        await page.Locator("#run-name").FillAsync("first");
        await page.Locator("#train").ClickAsync();
        await Expect(page.Locator("#run-state")).ToContainTextAsync("Pass", Long);
        await page.ReloadAsync();
        await Expect(page.Locator("#run-state")).ToContainTextAsync("Pass", Long);
        // The curves come with the first pass that is over.
        await Expect(page.Locator("svg.plot")).ToHaveCountAsync(2, new() { Timeout = 480_000 });
        await Expect(page.Locator("#to-report")).ToBeVisibleAsync(LongVisible);

        await page.Locator("#to-report").ClickAsync();
        await Expect(page.Locator("#result-figures")).ToContainTextAsync("%");
        var report = page.FrameLocator("iframe");
        await Expect(report.Locator("h1")).ToContainTextAsync("first", Long);

        // The microphone: most of what it says is heard within a few rounds.
        await opened.GoAsync("live");
        await Expect(page.Locator("#scores li")).ToHaveCountAsync(4);
        // A model of forty passes is right, and not sure.
        await page.Locator("#threshold").FillAsync("0.3");
        await page.Locator("#listen").ClickAsync();
        for (int i = 0; i < 3000 && await Heard(page) < 3; i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        (await Heard(page)).ShouldBeGreaterThanOrEqualTo(3);
        double[] delays = await page.Locator("#heard li").EvaluateAllAsync<double[]>("lines => lines.map(line => line.dataset.at - line.dataset.time)");
        delays.Max().ShouldBeLessThan(0.15);
        await page.Locator("#heard li button").First.ClickAsync();
        await Expect(page.Locator("#status")).ToContainTextAsync("Kept");
        Directory.GetFiles(studio["alarms"]).ShouldHaveSingleItem();
        await page.Locator("#listen").ClickAsync();

        // Another word, by saying it three times; the microphone says what it says.
        await opened.GoAsync("enroll");
        await page.Locator("#enroll-model").SelectOptionAsync("");
        await page.Locator("#enroll-word").FillAsync("hello");
        await page.Locator("#enroll").ClickAsync();
        var outcome = page.Locator("#enroll-outcome");
        await Expect(outcome.Locator(".note")).ToBeVisibleAsync(LongVisible);
        if (await page.Locator("#enroll-force").CountAsync() > 0) await page.Locator("#enroll-force").ClickAsync();
        await Expect(outcome).ToContainTextAsync("hello");
        await Expect(page.Locator("#enroll-try")).ToBeVisibleAsync(LongVisible);

        await opened.GoAsync("exports");
        var saving = page.WaitForDownloadAsync();
        await page.Locator(".card", new() { HasText = "first" }).GetByRole(AriaRole.Link).ClickAsync();
        await StudioBrowser.IsFileAsync(await saving, studio["models/first.onnx"]);
        await page.Locator(".card", new() { HasText = "first" }).GetByRole(AriaRole.Button, new() { Name = "Make C for a board" }).ClickAsync();
        await Expect(page.Locator("#exports")).ToContainTextAsync("first-c", Long);
        File.Exists(studio["exports/first-c/commands.c"]).ShouldBeTrue();
        opened.Complaints.ShouldBeEmpty();
    }

    private static int Count(OpenedStudio studio, string word) => Directory.GetFiles(studio[$"corpora/mine/{word}"]).Length;

    private static async Task<int> Heard(IPage page) => await page.Locator("#heard li").CountAsync();
}

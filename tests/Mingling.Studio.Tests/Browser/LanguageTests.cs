using Mingling.Audio;
using Mingling.Studio.Jobs;
using Mingling.Studio.Tests.Support;
using Mingling.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Mingling.Studio.Tests.Browser;

/// <summary>Sentences of the libraries in the Chinese page, and what a page without libtorch says.</summary>
public sealed class LanguageTests(StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    [Fact]
    public async Task Quality_is_told_in_chinese_before_any_training_and_a_bad_clip_is_deleted_there()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        foreach (string word in new[] { "开", "关", "empty" }) Directory.CreateDirectory(studio[$"corpora/c/{word}"]);
        for (int i = 0; i < 4; i++)
        {
            File.Copy(SampleClips.Of("start")[i], studio[$"corpora/c/开/mia_{i:000}.wav"]);
            File.Copy(SampleClips.Of("stop")[i], studio[$"corpora/c/关/ben_{i:000}.wav"]);
        }
        WavWriter.Write(studio["corpora/c/关/ben_100.wav"], new AudioClip(new float[16_000], 16_000));
        File.WriteAllText(studio["corpora/c/关/ben_101.wav"], "no sound");
        await using var opened = await browser.OpenAsync(studio.Server.Address, "check", language: "zh-CN");
        await Expect(opened.Page.Locator("#check-size")).ToBeVisibleAsync(new() { Timeout = 240_000 });
        string[] told = [.. await opened.Page.Locator("#check-remarks li").AllTextContentsAsync()];
        told.Length.ShouldBeGreaterThan(2);
        foreach (string sentence in told)
        {
            sentence.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}{4}");
            sentence.ShouldNotContain("{");
            sentence.ShouldNotContain("clips");
        }
        (await opened.Page.Locator("main [lang='en']").CountAsync()).ShouldBe(0);
        (await opened.Page.Locator("#check-speakers tbody tr").CountAsync()).ShouldBe(2);
        // The silent clip is heard, deleted, and taken back.
        var silent = opened.Page.Locator("details li", new() { HasText = "关/ben_100.wav" }).First;
        await silent.GetByRole(Microsoft.Playwright.AriaRole.Button).Last.ClickAsync();
        await Expect(opened.Page.Locator("#status")).ToContainTextAsync("ben_100.wav");
        File.Exists(studio["corpora/c/关/ben_100.wav"]).ShouldBeFalse();
        await opened.Page.Locator("#status button").ClickAsync();
        for (int i = 0; i < 600 && !File.Exists(studio["corpora/c/关/ben_100.wav"]); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        File.Exists(studio["corpora/c/关/ben_100.wav"]).ShouldBeTrue();
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Training_that_fails_is_told_in_chinese()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go");
        Directory.CreateDirectory(studio["corpora/c/stop"]);
        File.Copy(SampleClips.Of("stop")[0], studio["corpora/c/stop/a_1.wav"]);
        await studio.Client.PostAsync("/api/runs", new { corpus = "c", kind = "quick", name = "r", epochs = 1 });
        await TrainedStudio.UntilAsync(studio.Client, "r", "failed");
        await using var opened = await browser.OpenAsync(studio.Server.Address, "train?run=r", language: "zh-CN");
        await Expect(opened.Page.Locator(".note.wrong")).ToContainTextAsync("“stop”只有一条录音");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Libtorch_that_is_missing_is_told_fetched_and_then_forgotten()
    {
        bool isThere = false;
        double megabytes = 0;
        await using var studio = await OpenedStudio.OpenAsync(change: options => options with { Runtime = () => new RuntimeState(isThere, "libtorch-test", megabytes, 500) });
        studio.Copy("c", "go", "stop");
        (await studio.Client.RefusalAsync(HttpMethod.Post, "/api/runs", "{\"corpus\":\"c\",\"kind\":\"quick\"}"u8.ToArray())).Code.ShouldBe("no-runtime");
        await using var opened = await browser.OpenAsync(studio.Server.Address, "train");
        await Expect(opened.Page.Locator("#runtime")).ToContainTextAsync("One part is missing");
        await opened.Page.Locator("#train").ClickAsync();
        await Expect(opened.Page.Locator("#alert")).ToContainTextAsync("libtorch-test, which is not here yet");
        // Here it is there all along, so that the job has nothing to fetch; the page waits until the studio sees it.
        await opened.Page.Locator("#setup").ClickAsync();
        for (int i = 0; i < 1200 && !(await studio.Client.GetAsync("/api/studio")).GetProperty("jobs").EnumerateArray().Any(job => job.GetProperty("state").GetString() == "done"); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        isThere = true;
        await Expect(opened.Page.Locator("#runtime")).ToBeEmptyAsync();
        opened.Complaints.ShouldBeEmpty();
    }
}

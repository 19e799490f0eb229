using Microsoft.Playwright;
using Mingling.Studio.Tests.Support;
using Mingling.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Mingling.Studio.Tests.Browser;

/// <summary>The whole way by keyboard alone.</summary>
public sealed class KeyboardWayTests(StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    [Fact]
    public async Task Keyboard_alone_leads_the_whole_way()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        await using var opened = await browser.OpenAsync(studio.Server.Address);
        var page = opened.Page;
        var keys = new Keyboard(page);

        // A collection, and two words of which one is misspelled at first and one is deleted and taken back.
        await keys.WriteAsync("#new-corpus", "keys");
        await keys.PressAsync("Enter");
        foreach (string word in new[] { "goo", "stop" })
        {
            await keys.WriteAsync("#new-word", word);
            await keys.PressAsync("Enter");
            await Expect(page.Locator("#words")).ToContainTextAsync(word);
            await keys.JudgeAsync("after a word");
        }
        await keys.UseAsync("[aria-label='Rename goo']");
        await page.Keyboard.TypeAsync("go");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[aria-label='Rename go']")).ToBeVisibleAsync();
        await keys.JudgeAsync("after a word was renamed");
        await keys.UseAsync("[aria-label='Delete stop']");
        await Expect(page.Locator("#words li")).ToHaveCountAsync(1);
        await keys.JudgeAsync("after a word was deleted");
        await keys.UseAsync("#status button");
        await Expect(page.Locator("#words li")).ToHaveCountAsync(2);
        await keys.JudgeAsync("after it was taken back");

        // Recordings that exist: the browser asks for files; what it shows then is not of the page.
        foreach (string word in new[] { "go", "stop" })
        {
            await keys.WriteAsync("#import-word", word);
            var chooser = await ChooserAsync(page, keys);
            await chooser.SetFilesAsync(SampleClips.Of(word));
            await Expect(page.Locator("#words li", new() { HasText = word })).Not.ToContainTextAsync(" 0 ");
            await Expect(page.Locator("#status")).ToContainTextAsync("came in");
            await keys.JudgeAsync("after an import");
        }

        // A take of each, by the microphone; one is deleted and taken back.
        await keys.StepAsync("record");
        await keys.WriteAsync("#speaker", "mia");
        await keys.WriteAsync("#rounds", "1");
        await keys.UseAsync("#record", "Space");
        await Expect(page.Locator("#record-state")).ToContainTextAsync("Done", new() { Timeout = 120_000 });
        await keys.JudgeAsync("after recording");
        await keys.GoToAsync("#word");
        await keys.PressAsync("ArrowUp");
        await Expect(page.Locator("#word")).ToHaveValueAsync("go");
        var takes = page.Locator("#takes li", new() { HasText = "mia" });
        await Expect(takes).ToHaveCountAsync(1);
        string take = (await takes.Locator("button").Last.GetAttributeAsync("aria-label"))!;
        await keys.UseAsync($"[aria-label='{take}']");
        await Expect(takes).ToHaveCountAsync(0);
        await keys.JudgeAsync("after a take was deleted");
        await keys.PressAsync("Control+z");
        await Expect(takes).ToHaveCountAsync(1);
        await keys.JudgeAsync("after it was taken back");

        await keys.StepAsync("check");
        await keys.UseAsync("main button.main");
        await Expect(page.Locator("#train")).ToBeVisibleAsync();

        // A short training with a name of its own.
        await keys.UseAsync("form summary");
        await keys.WriteAsync("#run-name", "short");
        await keys.WriteAsync("#run-epochs", "4");
        await keys.UseAsync("#train");
        await Expect(page.Locator("#to-report")).ToBeVisibleAsync(new() { Timeout = 240_000 });
        await keys.JudgeAsync("after the training");
        await keys.UseAsync("#to-report");
        await Expect(page.FrameLocator("iframe").Locator("h1")).ToContainTextAsync("short");
        await keys.JudgeAsync("in the report");

        // The microphone to words; four passes are not sure of what they hear, so that the threshold is the lowest.
        await keys.StepAsync("live");
        await keys.UseAsync("#threshold", "Home");
        await keys.UseAsync("#listen", "Space");
        await Expect(page.Locator("#heard li").First).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await keys.UseAsync("#heard li button");
        await Expect(page.Locator("#status")).ToContainTextAsync("Kept");
        await keys.JudgeAsync("after a false alarm was kept");
        await keys.UseAsync("#listen", "Space");
        await Expect(page.Locator("#listen")).ToHaveTextAsync("Listen");

        await keys.StepAsync("exports");
        await keys.GoToAsync("a[download='short.onnx']");
        await StudioBrowser.IsFileAsync(await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter")), studio["models/short.onnx"]);
        await keys.UseAsync("[aria-label='Delete short']");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("a[download]")).ToHaveCountAsync(0);
        await keys.JudgeAsync("after a model was deleted");
        opened.Complaints.ShouldBeEmpty();
    }

    /// <summary>Asks for files. A key that falls into the moment in which a busy machine draws the page anew may be lost; a person presses it again.</summary>
    private static async Task<IFileChooser> ChooserAsync(IPage page, Keyboard keys)
    {
        for (int tries = 1; ; tries++)
        {
            await keys.GoToAsync(".drop button");
            try
            {
                return await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"), new() { Timeout = 15_000 });
            }
            catch (TimeoutException) when (tries < 4)
            {
            }
        }
    }
}

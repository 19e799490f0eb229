using System.Text.Json;
using Microsoft.Playwright;
using Mingling.Studio.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Mingling.Studio.Tests.Browser;

/// <summary>The page in Chromium: for everyone, in both languages, on a phone, with two tabs, a slow network, a studio that ends.</summary>
[Collection(nameof(TrainedStudio))]
public sealed class PageTests(TrainedStudio trained, StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    private static readonly string[] Views = ["words", "record", "check", "train", "result", "live", "enroll", "exports"];

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Every_step_is_accessible(ColorScheme scheme, int width)
    {
        string axe = StudioBrowser.Axe;
        await using var opened = await browser.OpenAsync(trained.Studio.Server.Address, "words", width, scheme, forAxe: true);
        foreach (string view in Views)
        {
            await ShowAsync(opened, view);
            await opened.Page.EvaluateAsync(axe);
            string[] violations = await opened.Page.EvaluateAsync<string[]>("""
                async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], iframes: false, rules: { 'frame-tested': { enabled: false } } }))
                  .violations.flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`))
                """);
            violations.ShouldBeEmpty(view);
            // The step that is shown is seen among the steps, on a phone too.
            (await opened.Page.EvaluateAsync<bool>("() => { const box = document.querySelector('nav [aria-current]').getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth; }")).ShouldBeTrue(view);
            (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, view);
        }
    }

    [Fact]
    public async Task Every_step_speaks_chinese()
    {
        await using var opened = await browser.OpenAsync(trained.Studio.Server.Address, language: "zh-CN");
        foreach (string view in Views)
        {
            await ShowAsync(opened, view);
            (await opened.Page.Locator("h1").TextContentAsync())!.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}", view);
            (await opened.Page.EvaluateAsync<string>("document.documentElement.lang")).ShouldBe("zh");
        }
        await opened.Page.Locator("#language").SelectOptionAsync("en");
        await Expect(opened.Page.Locator("h1")).ToContainTextAsync("Take it with you");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_training_of_the_command_line_gets_its_model_and_report_by_one_button()
    {
        const string run = "by-hand";
        var studio = trained.Studio;
        Directory.CreateDirectory(studio[$"runs/{run}"]);
        try
        {
            foreach (string file in Directory.GetFiles(studio[$"runs/{TrainedStudio.Model}"]))
                if (!file.EndsWith("report.html", StringComparison.Ordinal)) File.Copy(file, studio[$"runs/{run}/{Path.GetFileName(file)}"]);
            await using var opened = await browser.OpenAsync(studio.Server.Address, "result");
            await opened.Page.Locator("#result-run").SelectOptionAsync(run);
            await Expect(opened.Page.GetByText("done by the command line")).ToBeVisibleAsync();
            await opened.Page.Locator("#finish").ClickAsync();
            await TrainedStudio.UntilAsync(studio.Client, run, "done", found => found.GetProperty("hasModel").GetBoolean() && found.GetProperty("hasReport").GetBoolean());
            await Expect(opened.Page.Locator("#to-report")).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Expect(opened.Page.Locator("#runs")).Not.ToContainTextAsync("Make its model");
            // What was trained is not trained again.
            (await studio.Client.GetAsync($"/api/run?run={run}")).GetProperty("step").GetInt32().ShouldBe(3);
            opened.Complaints.ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(studio[$"runs/{run}"], recursive: true);
            File.Delete(studio[$"models/{run}.onnx"]);
        }
    }

    [Fact]
    public async Task Keyboard_alone_leads_from_a_word_to_its_training()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        await using var opened = await browser.OpenAsync(studio.Server.Address);
        var page = opened.Page;
        await TabToAsync(page, "#new-corpus");
        await page.Keyboard.TypeAsync("keys");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#new-word")).ToBeVisibleAsync();
        foreach (string word in new[] { "go", "stop" })
        {
            await TabToAsync(page, "#new-word");
            await page.Keyboard.TypeAsync(word);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#words")).ToContainTextAsync(word);
        }
        foreach (string word in new[] { "go", "stop" })
            foreach (string file in Mingling.Tests.Shared.SampleClips.Of(word)) File.Copy(file, Path.Combine(studio.Root, "corpora", Directory.GetDirectories(studio["corpora"]).Select(Path.GetFileName).Single()!, word, Path.GetFileName(file)));
        await TabToAsync(page, "nav a[href='#/train']");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#train");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#stop")).ToBeVisibleAsync();
        await TabToAsync(page, "#stop");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#resume")).ToBeVisibleAsync(new() { Timeout = 120_000 });
    }

    [Fact]
    public async Task Two_tabs_see_the_same()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        await studio.Client.PostAsync("/api/corpora", new { name = "c" });
        await using var opened = await browser.OpenAsync(studio.Server.Address);
        var other = await opened.OpenTabAsync("words");
        await opened.Page.Locator("#new-word").FillAsync("come");
        await opened.Page.Locator("#new-word").PressAsync("Enter");
        await opened.Page.Locator("#new-word").FillAsync("leave");
        await opened.Page.Locator("#new-word").PressAsync("Enter");
        await Expect(other.Locator("#words")).ToContainTextAsync("leave", new() { Timeout = 60_000 });
        // The same word in both: the second is told.
        await other.Locator("#new-word").FillAsync("Come");
        await other.Locator("#new-word").PressAsync("Enter");
        await Expect(other.Locator("#alert")).ToContainTextAsync("There is a word “come” already");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_that_look_like_markup_stay_words()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        // Not by the page, which refuses < and >: by somebody who can write the folder.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Such names cannot be given there.");
        await studio.Client.PostAsync("/api/corpora", new { name = "c" });
        foreach (string word in new[] { "it's {{7}}", "&lt;b&gt;", "javascript;alert(1)" }) await studio.Client.PostAsync("/api/words?corpus=c", new { name = word });
        Directory.CreateDirectory(Path.Combine(studio["corpora/c"], "<img src=x onerror=alert(1)>"));
        await using var opened = await browser.OpenAsync(studio.Server.Address);
        await Expect(opened.Page.Locator("#words")).ToContainTextAsync("&lt;b&gt;");
        (await opened.Page.Locator("#words img").CountAsync()).ShouldBe(0);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Take_that_the_studio_did_not_answer_is_kept_and_sent_later()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        await studio.Client.PostAsync("/api/corpora", new { name = "c" });
        foreach (string word in new[] { "go", "stop" }) await studio.Client.PostAsync("/api/words?corpus=c", new { name = word });
        await using var opened = await browser.OpenAsync(studio.Server.Address, "record");
        var page = opened.Page;
        bool isDown = true;
        await page.RouteAsync("**/api/takes?*speaker=*", route => isDown ? route.AbortAsync() : route.ContinueAsync());
        await page.Locator("#speaker").FillAsync("mia");
        await page.Locator("#rounds").FillAsync("1");
        await page.Locator("#record").ClickAsync();
        await Expect(page.Locator("#record-state")).ToContainTextAsync("Done", new() { Timeout = 120_000 });
        Directory.GetFiles(studio["corpora/c"], "*.wav", SearchOption.AllDirectories).ShouldBeEmpty();
        // The tab is closed without a word; another one sends what the first kept.
        isDown = false;
        var other = await opened.OpenTabAsync("record");
        await page.CloseAsync(new() { RunBeforeUnload = false });
        for (int i = 0; i < 1200 && Directory.GetFiles(studio["corpora/c"], "*.wav", SearchOption.AllDirectories).Length < 2; i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        Directory.GetFiles(studio["corpora/c/go"]).ShouldHaveSingleItem();
        Directory.GetFiles(studio["corpora/c/stop"]).ShouldHaveSingleItem();
        await other.CloseAsync();
    }

    [Fact]
    public async Task Slow_network_and_a_studio_that_ends_are_told_in_words()
    {
        var studio = await OpenedStudio.OpenAsync();
        await studio.Client.PostAsync("/api/corpora", new { name = "c" });
        await using var opened = await browser.OpenAsync(studio.Server.Address);
        var page = opened.Page;
        await page.RouteAsync("**/api/**", async route =>
        {
            await Task.Delay(1500);
            await route.ContinueAsync();
        });
        await page.Locator("#new-word").FillAsync("go");
        await page.Locator("#add-word").ClickAsync();
        // Impatience does not add it twice, nor is it told twice.
        await page.Locator("#add-word").ClickAsync();
        await Expect(page.Locator("#words")).ToContainTextAsync("go");
        (await page.Locator("#words li").CountAsync()).ShouldBe(1);
        await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await studio.DisposeAsync();
        await Expect(page.Locator("#alert")).ToContainTextAsync("The studio does not answer", new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task Comparison_of_two_trainings_is_a_table_a_curve_and_a_report()
    {
        await trained.Studio.Client.PostAsync("/api/runs", new { corpus = "four", kind = "quick", name = "other", epochs = 5 });
        await TrainedStudio.UntilAsync(trained.Studio.Client, "other", "done");
        await using var opened = await browser.OpenAsync(trained.Studio.Server.Address, "result");
        await opened.Page.Locator("#first").SelectOptionAsync(TrainedStudio.Model);
        await opened.Page.Locator("#second").SelectOptionAsync("other");
        await opened.Page.Locator("#compare").ClickAsync();
        await Expect(opened.Page.Locator("#comparison")).ToContainTextAsync("tc-resnet8");
        await Expect(opened.Page.Locator("#compare-open")).ToBeVisibleAsync(new() { Timeout = 240_000 });
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task First_page_needs_few_and_small_files()
    {
        await using var opened = await browser.OpenAsync(trained.Studio.Server.Address);
        var sizes = await opened.Page.EvaluateAsync<JsonElement>("performance.getEntriesByType('resource').filter(one => one.name.includes('/page/')).map(one => one.decodedBodySize)");
        sizes.GetArrayLength().ShouldBeInRange(10, 30);
        sizes.EnumerateArray().Sum(size => size.GetInt32()).ShouldBeLessThan(200_000);
    }

    private static async Task ShowAsync(StudioPage opened, string view)
    {
        await opened.GoAsync(view);
        await Expect(opened.Page.Locator($"nav a[href='#/{view}'][aria-current='step']")).ToBeVisibleAsync();
        if (view == "check") await Expect(opened.Page.Locator("#check-size")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        if (view == "result") await Expect(opened.Page.Locator("#result-figures")).ToBeVisibleAsync();
        if (view == "record") await Expect(opened.Page.Locator("#takes li").First).ToBeVisibleAsync();
        if (view == "live") await Expect(opened.Page.Locator("#scores li").First).ToBeVisibleAsync();
    }

    /// <summary>Presses Tab until an element has the focus.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (int i = 0; i < 120; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector)) return;
        }
        throw new InvalidOperationException($"the keyboard does not reach {selector}");
    }
}

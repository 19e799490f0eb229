using System.Text.Json;
using Microsoft.Playwright;
using Mingling.Tests.Shared;

namespace Mingling.Browser.Tests;

public class ReportPageTests(ReportFixture reports) : IClassFixture<ReportFixture>
{
    // A word of which clips are taken for another; clip 3 of each word is.
    private const int Wrong = 3;

    [Fact]
    public async Task Page_opened_from_disk_complains_of_nothing_and_asks_for_nothing()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Hostile);
        await opened.Page.Locator("#theme").ClickAsync();
        await opened.Page.Locator(".play").First.ClickAsync();
        await opened.HeardSeconds();
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_that_try_to_be_markup_stay_text()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Hostile);
        var page = opened.Page;
        for (int word = 0; word < MadeRuns.HostileWords.Count; word++)
        {
            var button = page.Locator($".legend button[data-word='{word}']");
            (await button.Locator("bdi").TextContentAsync()).ShouldBe(MadeRuns.HostileWords[word]);
            // What the script makes of them: a list of clips, a clip that is chosen.
            await page.Locator($".matrix button[data-said='{word}']").First.ClickAsync();
            (await page.Locator(".cell-clips h4 bdi").First.TextContentAsync()).ShouldBe(MadeRuns.HostileWords[word]);
        }
        (await page.EvaluateAsync<bool>("'hostile' in window")).ShouldBeFalse();
        (await page.EvaluateAsync<int>("document.querySelectorAll('img:not([src^=\"data:\"])').length")).ShouldBe(0);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cell_chosen_lists_the_clips_of_its_error_to_hear()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Hostile);
        var cell = opened.Page.Locator(".matrix button[data-said='4']");
        await cell.ClickAsync();
        var clips = opened.Page.Locator(".cell-clips .clip");
        (await clips.CountAsync()).ShouldBe(int.Parse(await cell.InnerTextAsync()));
        (await clips.First.Locator(".file").TextContentAsync()).ShouldBe("打开/3.wav");
        await clips.First.Locator(".play").ClickAsync();
        (await opened.HeardSeconds()).ShouldBe(0.5, 0.01);
    }

    [Fact]
    public async Task Point_clicked_shows_and_plays_its_clip()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Hostile);
        var page = opened.Page;
        foreach (string view in new[] { "0", "1" })
        {
            await page.Locator($".tabs button[data-view='{view}']").ClickAsync();
            int clip = await Alone(page, int.Parse(view));
            var (x, y) = await Place(page, view, clip);
            await page.Mouse.MoveAsync(x, y);
            (await page.Locator($".view[data-view='{view}'] .tip").TextContentAsync())!.ShouldContain(reports.Run.Clips[clip].Clip.Name);
            await page.Mouse.ClickAsync(x, y);
            (await page.Locator(".chosen-clip .file").TextContentAsync()).ShouldBe(reports.Run.Clips[clip].Clip.Name);
        }
        // One that can be heard is played by the click.
        await page.Locator(".tabs button[data-view='0']").ClickAsync();
        var (left, top) = await Place(page, "0", Wrong);
        await page.Mouse.ClickAsync(left, top);
        if (await page.Locator(".chosen-clip .play").CountAsync() > 0) await opened.HeardSeconds();
    }

    [Fact]
    public async Task Map_by_keyboard_goes_from_point_to_point_and_plays()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Hostile);
        var page = opened.Page;
        await page.Locator(".plot").First.FocusAsync();
        var seen = new HashSet<string>();
        foreach (string key in new[] { "ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown" })
        {
            await page.Keyboard.PressAsync(key);
            seen.Add((await page.Locator(".chosen-clip .file").TextContentAsync())!);
        }
        seen.Count.ShouldBeGreaterThan(2);
        // On to one that the page has the sound of.
        string[] keys = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"];
        for (int i = 0; i < 200 && await page.Locator(".chosen-clip .play").CountAsync() == 0; i++) await page.Keyboard.PressAsync(keys[i / 3 % 4]);
        await page.Keyboard.PressAsync("Enter");
        (await opened.HeardSeconds()).ShouldBe(0.5, 0.01);
    }

    [Fact]
    public async Task Words_hidden_leave_the_picture()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Hostile);
        var page = opened.Page;
        var button = page.Locator(".legend button[data-word='3']");
        await button.ClickAsync();
        (await button.GetAttributeAsync("aria-pressed")).ShouldBe("false");
        (await Shown()).ShouldBe(MadeRuns.HostileWords.Count - 1);
        await page.Locator("[data-all='hide']").ClickAsync();
        (await Shown()).ShouldBe(0);
        await button.PressAsync("Enter");
        (await Shown()).ShouldBe(1);
        // Only clips of the word that is shown can be reached.
        await page.Locator(".plot").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        (await page.Locator(".chosen-clip .file").TextContentAsync())!.ShouldStartWith(MadeRuns.HostileWords[3]);
        await page.Locator("[data-all='show']").ClickAsync();
        (await Shown()).ShouldBe(MadeRuns.HostileWords.Count);

        async Task<int> Shown() => await page.Locator(".view[data-view='0'] path.w:visible").CountAsync();
    }

    [Fact]
    public async Task Pictures_all_have_a_text_alternative()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Hostile);
        int pictures = await opened.Page.EvaluateAsync<int>("document.querySelectorAll('img, svg').length");
        pictures.ShouldBeGreaterThan(30);
        (await opened.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('img, svg')].filter(one => one.localName === 'img' ? !one.alt.trim()
              : !(one.getAttribute('aria-hidden') === 'true' || one.getAttribute('role') === 'img' && one.getAttribute('aria-label').trim())).map(one => one.outerHTML.slice(0, 200))
            """)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_on_every_ground_has_enough_contrast(ColorScheme scheme)
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Two, scheme);
        await opened.Page.Locator(".matrix button").First.ClickAsync();
        await opened.Page.Locator(".legend button[data-word]").First.ClickAsync();
        (await opened.Page.EvaluateAsync<string[]>(Contrast.Script)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Theme_is_the_systems_until_it_is_chosen()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Two, ColorScheme.Dark);
        (await Ground()).ShouldBe("rgb(20, 23, 28)");
        (await opened.Page.Locator(".on-dark:visible").CountAsync()).ShouldBeGreaterThan(0);
        await opened.Page.Locator("#theme").ClickAsync();
        (await Ground()).ShouldBe("rgb(255, 255, 255)");
        (await opened.Page.Locator(".on-dark:visible").CountAsync()).ShouldBe(0);
        (await opened.Page.Locator(".on-light:visible").CountAsync()).ShouldBeGreaterThan(0);

        async Task<string> Ground() => await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    [Fact]
    public async Task Page_on_paper_is_light_and_has_nothing_to_press()
    {
        await using var opened = await BrowserPage.Open(reports.Browser, reports.Two, ColorScheme.Dark);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        foreach (string hidden in new[] { "nav", ".play", "#theme", ".on-dark", ".tabs" })
            (await opened.Page.Locator(hidden + ":visible").CountAsync()).ShouldBe(0, hidden);
        // Both layouts of both runs.
        (await opened.Page.Locator(".view:visible").CountAsync()).ShouldBe(4);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(800)]
    [InlineData(1600)]
    public async Task Page_of_any_width_does_not_scroll_sideways(int width)
    {
        foreach (string file in new[] { reports.Hostile, reports.Two })
        {
            await using var opened = await BrowserPage.Open(reports.Browser, file, width: width);
            (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        }
    }

    /// <summary>A clip that no other lies near to in a picture, so that a click can mean it alone.</summary>
    private static async Task<int> Alone(IPage page, int view)
    {
        var map = JsonDocument.Parse((await page.Locator("#data").TextContentAsync())!).RootElement[0].GetProperty("maps")[view];
        double[] xs = [.. map.GetProperty("x").EnumerateArray().Select(x => x.GetDouble())], ys = [.. map.GetProperty("y").EnumerateArray().Select(y => y.GetDouble())];
        return Enumerable.Range(0, xs.Length).MaxBy(i => Enumerable.Range(0, xs.Length).Where(k => k != i).Min(k => Math.Abs(xs[i] - xs[k]) + Math.Abs(ys[i] - ys[k])));
    }

    /// <summary>Where a clip lies in the window.</summary>
    private static async Task<(float X, float Y)> Place(IPage page, string view, int clip)
    {
        await page.Locator($".view[data-view='{view}'] .plot").ScrollIntoViewIfNeededAsync();
        float[] place = await page.EvaluateAsync<float[]>("""
            ([view, clip]) => {
              const map = JSON.parse(document.getElementById('data').textContent)[0].maps[view];
              const svg = document.querySelector(`.view[data-view="${view}"] svg`), box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
              return [box.left + scale * map.x[clip], box.top + scale * map.y[clip]];
            }
            """, new object[] { view, clip });
        return (place[0], place[1]);
    }
}

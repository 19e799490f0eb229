using Mingling.Studio.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Mingling.Studio.Tests.Browser;

/// <summary>A training of several models on the page.</summary>
public sealed class MembersPageTests(StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    [Fact]
    public async Task Each_model_of_a_training_has_lines_of_its_own()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go", "stop");
        MembersRun.Write(studio["runs/r"]);
        await using var opened = await browser.OpenAsync(studio.Server.Address, "train");
        var page = opened.Page;
        await page.Locator("#runs li button").First.ClickAsync();
        await Expect(page.Locator("svg.plot")).ToHaveCountAsync(2);
        // Validation and training, then the loss: two parts each, none of which goes on into the other.
        foreach (var (plot, lines) in new[] { (0, 4), (1, 2) })
        {
            var paths = page.Locator("svg.plot").Nth(plot).Locator("path.line");
            await Expect(paths).ToHaveCountAsync(lines);
            foreach (string? path in await Task.WhenAll(Enumerable.Range(0, lines).Select(i => paths.Nth(i).GetAttributeAsync("d"))))
                path!.Count(letter => letter is 'M' or 'L').ShouldBe(MembersRun.Epochs, path);
        }
        await Expect(page.Locator("figcaption").First).ToContainTextAsync("the finished recogniser joins all 2");
        await Expect(page.Locator("form")).ToContainTextAsync("It prepares other speech first");
        opened.Complaints.ShouldBeEmpty();
    }
}

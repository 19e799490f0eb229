using Microsoft.Playwright;

namespace Mingling.Studio.Tests.Browser;

/// <summary>A tab with the studio, and all that it did that it should not.</summary>
internal sealed class StudioPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _address;

    public StudioPage(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        Watch(page);
        page.SetDefaultTimeout(60_000);
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, what broke the page's rules, and requests that leave the studio.</summary>
    public List<string> Complaints { get; } = [];

    public async Task GoAsync(string view)
    {
        await Page.GotoAsync($"{_address.GetLeftPart(UriPartial.Authority)}/#/{view}");
        await Page.Locator("h1").First.WaitForAsync();
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<IPage> OpenTabAsync(string view)
    {
        var page = await _context.NewPageAsync();
        Watch(page);
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync($"{_address.GetLeftPart(UriPartial.Authority)}/#/{view}");
        return page;
    }

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            // Refusals that a test provokes are told by the browser too.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) Complaints.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                Complaints.Add($"request: {request.Url}");
        };
        page.WebSocket += (_, socket) =>
        {
            if (!socket.Url.StartsWith($"ws://{_address.Authority}/", StringComparison.Ordinal)) Complaints.Add($"socket: {socket.Url}");
        };
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

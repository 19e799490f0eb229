using Microsoft.Playwright;

namespace Mingling.Browser.Tests;

/// <summary>A page in a browser of its own, and all that it did that it should not.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private BrowserPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors of scripts, what was written to the console, dialogs, and requests other than that for the page itself.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<BrowserPage> Open(IBrowser browser, string file, ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        var opened = new BrowserPage(context, await context.NewPageAsync());
        var address = new Uri(file);
        opened.Page.Console += (_, message) => opened.Complaints.Add($"console: {message.Text}");
        opened.Page.PageError += (_, error) => opened.Complaints.Add($"error: {error}");
        opened.Page.Request += (_, request) =>
        {
            if (request.Url != address.AbsoluteUri && !request.Url.StartsWith("data:", StringComparison.Ordinal)) opened.Complaints.Add($"request: {request.Url}");
        };
        opened.Page.Dialog += (_, dialog) =>
        {
            opened.Complaints.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await opened.Page.GotoAsync(address.AbsoluteUri);
        return opened;
    }

    /// <summary>Waits until a sound is under way, and says how long it is in seconds. The page's policy lets Playwright's own waiting fail.</summary>
    public Task<double> HeardSeconds() => Page.EvaluateAsync<double>("""
        () => new Promise((resolve, reject) => {
          const audio = document.querySelector('audio'), look = () => { if (audio.currentTime > 0) resolve(audio.duration); };
          audio.addEventListener('timeupdate', look);
          setTimeout(() => reject(new Error('nothing is heard')), 10000);
          look();
        })
        """);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

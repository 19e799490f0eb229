using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mingling.Studio.Security;

/// <summary>
/// Lets in only the studio's own page: (1) the Host is this machine, so that no foreign name leads here (DNS rebinding); (2) others than this
/// machine show the token; (3) a browser that says where a request comes from says this page; (4) what changes something, and sockets, come
/// from this origin and know the anti-forgery token. Adds the headers that forbid the page everything it does not need.
/// </summary>
/// <param name="listen">The address that others reach; null where it is this machine alone.</param>
/// <param name="token">The token that others show; null where none is asked for.</param>
/// <param name="antiForgery">What only the page of this server knows.</param>
internal sealed class RequestGuard(IPAddress? listen, string? token, string antiForgery)
{
    public const string AntiForgeryHeader = "X-Mingling";

    /// <summary>Nothing but the studio itself, no inline code, no evaluation, no markup from text.</summary>
    private const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; "
        + "worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>A report is one file with its scripts in it, made of the names of words: it runs without an origin, and reaches nothing.</summary>
    private const string ReportPolicy = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; media-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>A new one for each server would end the sessions of others on the same host; cookies do not know ports.</summary>
    private string Cookie => $"mingling-studio-{Port}";

    /// <summary>The port of the server, known once it listens.</summary>
    public int Port { get; set; }

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        var request = context.Request;
        if (!IsOwnHost(request.Host)) await RefuseAsync(context, 421, "host", "this address is not the studio's; use the one that it printed.").ConfigureAwait(false);
        else if (token is not null && !await IsKnownAsync(context).ConfigureAwait(false)) return;
        else if (!MayRead(request)) await RefuseAsync(context, 403, "cross-site", "the studio answers its own page alone.").ConfigureAwait(false);
        else if (!MayChange(context)) await RefuseAsync(context, 403, "stale", "this page is not of the running studio; load it anew.").ConfigureAwait(false);
        else await next(context).ConfigureAwait(false);
    }

    /// <summary>For a page that is a report: other rules.</summary>
    public static void AllowReport(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ReportPolicy;
        response.Headers.XFrameOptions = "SAMEORIGIN";
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=(), display-capture=(), usb=(), serial=(), payment=()";
    }

    private bool IsOwnHost(HostString host)
    {
        if (!host.HasValue || (host.Port ?? 80) != Port) return false;
        string name = host.Host.Trim('[', ']');
        if (IPAddress.TryParse(name, out var address)) return IPAddress.IsLoopback(address) || listen is not null;
        // With a token, the name of this machine will do; a foreign name has no cookie here, but is refused all the same.
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (listen is not null && (name.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase) || name.Equals(Dns.GetHostName() + ".local", StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<bool> IsKnownAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsToken(request.Cookies[Cookie])) return true;
        if (HttpMethods.IsGet(request.Method) && request.Path == "/" && IsToken($"{request.Query["token"]}"))
        {
            context.Response.Cookies.Append(Cookie, token!, new CookieOptions { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict, Path = "/", IsEssential = true });
            // Onwards by the page and not by the server: to a redirect that another site led to, a strict cookie would not be given.
            context.Response.Headers["Refresh"] = "0; url=/";
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("…").ConfigureAwait(false);
            return false;
        }
        await RefuseAsync(context, 401, "token", "this studio asks for a token; use the whole address that it printed, with ?token=….").ConfigureAwait(false);
        return false;
    }

    private bool IsToken(string? shown) => shown is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(token!));

    /// <summary>Whether a request may be answered at all: one that another site makes in a browser may only lead to the page itself.</summary>
    private static bool MayRead(HttpRequest request)
    {
        string site = $"{request.Headers["Sec-Fetch-Site"]}";
        if (site is "" or "same-origin" or "none") return true;
        return HttpMethods.IsGet(request.Method) && request.Path == "/" && $"{request.Headers["Sec-Fetch-Mode"]}" == "navigate" && $"{request.Headers["Sec-Fetch-Dest"]}" == "document";
    }

    private bool MayChange(HttpContext context)
    {
        var request = context.Request;
        string? origin = request.Headers.Origin;
        if (origin is not null && origin != $"http://{request.Host.Value}") return false;
        // A socket is recognised by its header and not by what the server made of it.
        bool isSocket = context.WebSockets.IsWebSocketRequest || request.Headers.ContainsKey(HeaderNames.Upgrade) || HttpMethods.IsConnect(request.Method);
        if (isSocket) return origin is not null && IsAntiForgery(request.Query["key"]);
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || (origin is not null && IsAntiForgery(request.Headers[AntiForgeryHeader]));
    }

    private bool IsAntiForgery(string? shown) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(antiForgery));

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        // What is left of a refused request is not read.
        context.Response.Headers.Connection = "close";
        return Failures.SayAsync(context, status, code, message, null);
    }
}

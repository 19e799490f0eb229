using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Mingling.Studio.Folders;
using Mingling.Studio.Tests.Support;

namespace Mingling.Studio.Tests.Attacks;

/// <summary>Requests that other sites and other programs make of a studio.</summary>
public sealed class RequestTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.0.10")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("")]
    public async Task Other_host_is_refused(string host)
    {
        await using var studio = await OpenedStudio.OpenAsync();
        int port = studio.Server.Address.Port;
        string answer = await RawAsync(port, $"GET /api/studio HTTP/1.1\r\nHost: {(host.Length > 0 ? $"{host}:{port}" : "")}\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 (421|400)");
        answer.ShouldNotContain(studio.Root);
    }

    [Fact]
    public async Task Own_hosts_are_answered()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        int port = studio.Server.Address.Port;
        foreach (string host in new[] { "localhost", "127.0.0.1", "LOCALHOST", "[::1]" })
            (await RawAsync(port, $"GET /api/studio HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 200");
        // Of another port: another program's page.
        (await RawAsync(port, $"GET /api/studio HTTP/1.1\r\nHost: localhost:{port + 1}\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 421");
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    [InlineData("https://localhost")]
    public async Task Other_origin_changes_nothing(string origin)
    {
        await using var studio = await OpenedStudio.OpenAsync();
        using var http = new HttpClient { BaseAddress = studio.Server.Address };
        foreach (bool knowsKey in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/corpora") { Content = new StringContent("{\"name\":\"x\"}", Encoding.UTF8, "application/json") };
            request.Headers.Add("Origin", origin);
            if (knowsKey) request.Headers.Add("X-Mingling", studio.Client.Key);
            (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        Directory.Exists(studio["corpora/x"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Form_of_another_site_changes_nothing()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        using var http = new HttpClient { BaseAddress = studio.Server.Address };
        // What a form can send without being asked first: no header of its own, and in old browsers no origin.
        foreach (string type in new[] { "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x" })
        {
            using var content = new ByteArrayContent("{\"name\":\"x\"}"u8.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            (await http.PostAsync("/api/corpora", content, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        foreach (var method in new[] { HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Options })
            (await http.SendAsync(new HttpRequestMessage(method, "/api/words?corpus=x&word=y"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, method.Method);
        Directory.Exists(studio["corpora/x"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/studio", "cross-site", "no-cors", "image", false)]
    [InlineData("/api/studio", "same-site", "cors", "empty", false)]
    [InlineData("/page/js/studio.js", "cross-site", "no-cors", "script", false)]
    [InlineData("/report?run=x", "cross-site", "navigate", "iframe", false)]
    [InlineData("/", "cross-site", "navigate", "iframe", false)]
    [InlineData("/", "cross-site", "navigate", "document", true)]
    [InlineData("/api/studio", "same-origin", "cors", "empty", true)]
    [InlineData("/api/studio", "none", "navigate", "document", true)]
    public async Task Browser_that_says_where_a_request_comes_from_is_believed(string path, string site, string mode, string destination, bool isAnswered)
    {
        await using var studio = await OpenedStudio.OpenAsync();
        using var http = new HttpClient { BaseAddress = studio.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Sec-Fetch-Mode", mode);
        request.Headers.Add("Sec-Fetch-Dest", destination);
        (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(isAnswered ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://evil.example", true)]
    [InlineData("null", true)]
    [InlineData(null, true)]
    [InlineData("own", false)]
    public async Task Socket_of_another_site_is_refused(string? origin, bool knowsKey)
    {
        await using var studio = await OpenedStudio.OpenAsync();
        using var socket = new ClientWebSocket();
        string own = studio.Server.Address.GetLeftPart(UriPartial.Authority);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin == "own" ? own : origin);
        socket.Options.CollectHttpResponseDetails = true;
        var address = new Uri($"{own.Replace("http", "ws", StringComparison.Ordinal)}/api/live?model=x&rate=16000{(knowsKey ? $"&key={studio.Client.Key}" : "")}");
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
        socket.HttpStatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Page_may_do_nothing_that_it_does_not_need()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        using var page = await studio.Client.RawAsync(HttpMethod.Get, "/");
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("require-trusted-types-for 'script'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        page.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        page.Headers.GetValues("Cross-Origin-Resource-Policy").Single().ShouldBe("same-origin");
        page.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Two_hundred_connections_that_say_nothing_keep_nobody_out()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        int port = studio.Server.Address.Port;
        List<TcpClient> idle = [];
        try
        {
            for (int i = 0; i < 200; i++)
            {
                var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHo"u8.ToArray(), TestContext.Current.CancellationToken);
                idle.Add(client);
            }
            (await studio.Client.GetAsync("/api/studio")).GetProperty("version").GetString().ShouldBe("test");
        }
        finally
        {
            foreach (var client in idle) client.Dispose();
        }
        (await studio.Client.GetAsync("/api/studio")).GetProperty("version").GetString().ShouldBe("test");
    }

    [Fact]
    public async Task Studio_for_others_asks_for_its_token()
    {
        await using var studio = await OpenForOthersAsync();
        var own = new Uri(studio.Address.GetLeftPart(UriPartial.Authority));
        studio.Token!.Length.ShouldBe(32);
        using var handler = new HttpClientHandler { UseCookies = true };
        using var http = new HttpClient(handler) { BaseAddress = own };
        foreach (string path in new[] { "/", "/api/studio", "/page/js/studio.js", "/?token=", "/?token=0123456789abcdef0123456789abcdef", $"/api/studio?token={studio.Token}" })
            (await http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        (await http.GetAsync($"/?token={studio.Token}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        handler.CookieContainer.GetCookies(own).Single().HttpOnly.ShouldBeTrue();
        (await http.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldContain("studio-key");
        (await http.GetAsync("/api/studio", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Second_studio_of_a_folder_is_told_where_the_first_is()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        var options = new StudioOptions { Folder = studio.Root, Command = OpenedStudio.Command, Port = 0 };
        (await Should.ThrowAsync<StudioException>(() => StudioServer.StartAsync(options))).Message.ShouldContain(studio.Server.Address.AbsoluteUri);
    }

    private static readonly Mingling.Tests.Shared.TemporaryFolder Others = new();

    private static Task<StudioServer> OpenForOthersAsync() =>
        StudioServer.StartAsync(new StudioOptions { Folder = Others["studio"], Command = OpenedStudio.Command, Port = 0, Listen = IPAddress.Loopback });

    private static async Task<string> RawAsync(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}

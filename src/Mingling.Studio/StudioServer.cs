using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingling.Studio.Api;
using Mingling.Studio.Folders;
using Mingling.Studio.Security;

namespace Mingling.Studio;

/// <summary>
/// The server of a studio: a page on this machine that leads from an idea for a command to a working recogniser. One for each folder.
/// Nothing leaves the machine.
/// </summary>
public sealed class StudioServer : IAsyncDisposable
{
    /// <summary>Connections at once: a browser opens at most six for each tab's server, and a socket for each live page.</summary>
    private const int MostConnections = 256;

    private readonly WebApplication _app;
    private readonly StudioWork _work;
    private readonly FolderLock _lock;

    private StudioServer(WebApplication app, StudioWork work, FolderLock folderLock, Uri address, string? token) =>
        (_app, _work, _lock, Address, Token) = (app, work, folderLock, address, token);

    /// <summary>The address of the page, with the token where one is asked for.</summary>
    public Uri Address { get; }

    /// <summary>The token that is asked for; null where the studio is for this machine alone.</summary>
    public string? Token { get; }

    /// <summary>Opens the folder, goes on with trainings that a crash interrupted, and begins to listen.</summary>
    /// <param name="options">Where the studio works.</param>
    /// <exception cref="StudioException">Another studio has the folder, the folder cannot be used, or the port is taken.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = StudioFolder.Open(options.Folder);
        var folderLock = FolderLock.Take(folder);
        try
        {
            string? token = options.Listen is null ? null : options.Token ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var work = new StudioWork(folder, options.Command, options.Samples, options.Version, options.Runtime);
            WebApplication app;
            try
            {
                app = await ListenAsync(options, options.Port ?? StudioOptions.UsualPort, work, token).ConfigureAwait(false);
            }
            catch (Exception e) when (options.Port is null && IsTaken(e))
            {
                app = await ListenAsync(options, 0, work, token).ConfigureAwait(false);
            }
            var address = AddressOf(app, options.Listen, token);
            folderLock.Tell(address);
            work.Jobs.ResumeInterrupted();
            return new StudioServer(app, work, folderLock, address, token);
        }
        catch (Exception e)
        {
            folderLock.Dispose();
            throw e is IOException or SocketException ? new StudioException("port", $"the studio cannot listen at port {options.Port ?? StudioOptions.UsualPort}: {e.Message.ReplaceLineEndings(" ")}") : e;
        }
    }

    /// <summary>Stops listening. Trainings go on; the next studio of the folder finds them.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        _work.Stop();
        try
        {
            await _app.StopAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Somebody does not let go of a connection.
        }
        await _app.DisposeAsync().ConfigureAwait(false);
        _work.Dispose();
        _lock.Dispose();
    }

    private static async Task<WebApplication> ListenAsync(StudioOptions options, int port, StudioWork work, string? token)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MostConnections / 4;
            kestrel.Limits.MaxRequestBodySize = 64 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            if (options.Listen is { } address) kestrel.Listen(address, port);
            else if (port != 0) kestrel.ListenLocalhost(port);
            // Of any free port, both families would get one each.
            else kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        try
        {
            var guard = new RequestGuard(options.Listen, token, work.AntiForgeryToken);
            app.Use(Failures.Answer);
            app.Use(guard.CheckAsync);
            app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
            app.UseRouting();
            Endpoints.Map(app, work);
            await app.StartAsync().ConfigureAwait(false);
            guard.Port = PortOf(app);
            return app;
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static bool IsTaken(Exception e) => e is AddressInUseException || e.InnerException is AddressInUseException || e.InnerException is SocketException;

    private static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static Uri AddressOf(WebApplication app, IPAddress? listen, string? token)
    {
        string host = listen is null || listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? "127.0.0.1"
            : listen.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{listen}]" : listen.ToString();
        if (listen is null) host = "localhost";
        return new Uri($"http://{host}:{PortOf(app)}/{(token is null ? "" : $"?token={token}")}");
    }
}

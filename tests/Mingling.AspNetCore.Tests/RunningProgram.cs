using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingling.Serving.Tests.Support;
using Mingling.Serving.Wyoming;
using Mingling.Tests.Shared;

namespace Mingling.AspNetCore.Tests;

/// <summary>An ASP.NET program with everything that the library offers, on a free port of this machine, with a model of tones.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private RunningProgram(Action<MinglingOptions>? configure)
    {
        ToneModel.Write(ModelPath);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddMingling(options =>
        {
            options.Models.Add(ModelPath);
            options.ReloadInterval = Timeout.InfiniteTimeSpan;
            configure?.Invoke(options);
        });
        builder.Services.AddMinglingWyoming(new WyomingOptions { Port = 0 });
        builder.Services.AddHealthChecks().AddMingling();
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapMingling();
        _app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = (context, report) => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, $"{report.Status} {report.Entries["mingling"].Description}") });
    }

    public string ModelPath => _folder["tones.onnx"];

    public IServiceProvider Services => _app.Services;

    public HttpClient Http { get; private set; } = null!;

    public WyomingServer Wyoming => Services.GetRequiredService<WyomingService>().Server;

    public static async Task<RunningProgram> StartAsync(Action<MinglingOptions>? configure = null)
    {
        var program = new RunningProgram(configure);
        await program._app.StartAsync();
        program.Http = new HttpClient { BaseAddress = new Uri(program._app.Urls.First()) };
        return program;
    }

    public async Task<WebSocket> OpenAsync(string query)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{Http.BaseAddress!.Authority}/mingling/stream{query}"), CancellationToken.None);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

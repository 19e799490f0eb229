using System.Collections.Concurrent;
using System.Net;
using Mingling.Recognition.Streaming;
using Mingling.Serving.Models;
using Mingling.Serving.Wyoming;
using Mingling.Tests.Shared;

namespace Mingling.Serving.Tests.Support;

/// <summary>A server on a free port of this machine, with a model of tones, that stops with the test.</summary>
internal sealed class RunningServer : IAsyncDisposable, IWyomingObserver
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TemporaryFolder _folder = new();
    private readonly WyomingServer _server;
    private readonly Task _running;

    public RunningServer(WyomingOptions? options = null, CommandModelsOptions? modelOptions = null)
    {
        ToneModel.Write(ModelPath);
        Models = CommandModels.Load([ModelPath], modelOptions ?? new CommandModelsOptions { ReloadInterval = Timeout.InfiniteTimeSpan });
        _server = new WyomingServer(Models, (options ?? new WyomingOptions()) with { Port = 0 }, this);
        _server.Start();
        _running = _server.RunAsync(_stop.Token);
    }

    public string ModelPath => _folder["tones.onnx"];

    public CommandModels Models { get; }

    public IPEndPoint EndPoint => _server.EndPoint!;

    public int Clients => _server.Clients;

    public ConcurrentQueue<string?> Reasons { get; } = [];

    public Task<ProtocolClient> ConnectAsync(bool isInline = false) => ProtocolClient.ConnectAsync(EndPoint, isInline);

    /// <summary>Waits until no client is left: a connection may be made before the server has taken it, and so be none yet.</summary>
    /// <param name="closed">How many clients, at least, must have been there and gone.</param>
    public async Task BecomesEmptyAsync(int closed)
    {
        for (int i = 0; i < 500 && (Clients > 0 || Reasons.Count < closed); i++) await Task.Delay(10);
        Clients.ShouldBe(0);
        Reasons.Count.ShouldBeGreaterThanOrEqualTo(closed);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Models.Dispose();
        _server.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    void IWyomingObserver.Connected(WyomingClient client) { }

    void IWyomingObserver.Detected(WyomingClient client, CommandEvent heard) { }

    void IWyomingObserver.Closed(WyomingClient client, string? reason) => Reasons.Enqueue(reason);
}

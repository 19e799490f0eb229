using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mingling.Serving.Models;
using Mingling.Serving.Wyoming.Protocol;

namespace Mingling.Serving.Wyoming;

/// <summary>
/// Serves the wake words of models by the Wyoming protocol of Home Assistant (https://github.com/rhasspy/wyoming), each client with streams of its
/// own. A client that sends what cannot be understood is sent an <c>error</c> with the reason and is closed; nobody else notices.
/// </summary>
/// <example>
/// <code>
/// using var models = CommandModels.Load(["model.onnx"]);
/// using var server = new WyomingServer(models, new WyomingOptions());
/// server.Start();
/// await server.RunAsync(stop);
/// </code>
/// </example>
public sealed class WyomingServer : IDisposable
{
    private const string Protocol = "wyoming";
    private const int KernelBuffer = 128 << 10, MostRefusedAtOnce = 16, MostDiscarded = 1 << 20;
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1), PauseAfterFault = TimeSpan.FromSeconds(0.2);

    private readonly CommandModels _models;
    private readonly WyomingOptions _options;
    private readonly IWyomingObserver? _observer;
    private readonly HashSet<Task> _serving = [];
    private readonly Lock _lock = new();
    private Socket? _listener;
    private long _number;
    private int _clients, _refused;

    /// <summary>Prepares a server; nothing listens yet.</summary>
    /// <param name="models">The models; they stay the caller's, and open as long as the server runs.</param>
    /// <param name="options">Where to listen, and what a client may do.</param>
    /// <param name="observer">Is told what clients do; null for nobody.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message names everything that is.</exception>
    public WyomingServer(CommandModels models, WyomingOptions options, IWyomingObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ArgumentException(string.Join(" ", problems), nameof(options));
        (_models, _options, _observer) = (models, options, observer);
    }

    /// <summary>Where the server listens; null before <see cref="Start"/>.</summary>
    public IPEndPoint? EndPoint { get; private set; }

    /// <summary>The clients that are connected.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Whether the server accepts clients.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Begins to listen; clients wait until <see cref="RunAsync"/>.</summary>
    /// <exception cref="ServingException">The address or the port cannot be used; the message says why.</exception>
    public void Start()
    {
        var listener = new Socket(_options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // ':: ' means the addresses of both families.
            if (_options.Address.Equals(IPAddress.IPv6Any)) listener.DualMode = true;
            // What the kernel keeps of a client is bounded too; accepted connections inherit it.
            (listener.ReceiveBufferSize, listener.SendBufferSize) = (KernelBuffer, KernelBuffer);
            listener.Bind(new IPEndPoint(_options.Address, _options.Port));
            listener.Listen(512);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new ServingException(Explain(e), e);
        }
        (_listener, EndPoint) = (listener, (IPEndPoint)listener.LocalEndPoint!);
    }

    /// <summary>Serves clients until it is cancelled; then tells them so, closes them and returns.</summary>
    /// <param name="stop">Ends the server.</param>
    /// <exception cref="InvalidOperationException">The server was not started.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var listener = _listener ?? throw new InvalidOperationException("The server does not listen; call Start first.");
        IsRunning = true;
        try
        {
            while (!stop.IsCancellationRequested) await AcceptAsync(listener, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The usual end.
        }
        finally
        {
            IsRunning = false;
            listener.Dispose();
            await WaitForClientsAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops listening. Clients are closed by cancelling <see cref="RunAsync"/>.</summary>
    public void Dispose() => _listener?.Dispose();

    private async Task AcceptAsync(Socket listener, CancellationToken stop)
    {
        Socket socket;
        try
        {
            socket = await listener.AcceptAsync(stop).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // A client that left while it was accepted, or too many open files: those who are here are served on.
            await Task.Delay(PauseAfterFault, stop).ConfigureAwait(false);
            return;
        }
        // Not on this thread, which accepts the next one; and known before it can end.
        var task = new Task<Task>(() => ServeAsync(socket, stop), TaskCreationOptions.None);
        var serving = task.Unwrap();
        lock (_lock) _serving.Add(serving);
        _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        task.Start(TaskScheduler.Default);

        void Forget(Task ended)
        {
            lock (_lock) _serving.Remove(ended);
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        using var owned = socket;
        try
        {
            Prepare(socket);
            if (!TryAdmit())
            {
                await RefuseAsync(socket).ConfigureAwait(false);
                return;
            }
            try
            {
                await ServeClientAsync(socket, stop).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _clients);
            }
        }
        catch (SocketException)
        {
            // It left before it was served.
        }
    }

    /// <summary>Takes a place. Those who are refused take none, so that however many knock, a place that becomes free is free.</summary>
    private bool TryAdmit()
    {
        if (Interlocked.Increment(ref _clients) <= _options.MostClients) return true;
        Interlocked.Decrement(ref _clients);
        return false;
    }

    private async Task ServeClientAsync(Socket socket, CancellationToken stop)
    {
        var client = new WyomingClient(Interlocked.Increment(ref _number), $"{socket.RemoteEndPoint}");
        long began = Stopwatch.GetTimestamp();
        _models.Metrics?.ClientConnected(Protocol);
        _observer?.Connected(client);
        ClientException? reason = null;
        using (var stream = new NetworkStream(socket))
        using (var reader = new EventReader(stream, _options.ToLimits(), stop))
        using (var writer = new EventWriter(stream, _options.WriteTimeout))
        using (var session = new ClientSession(_models, _options, reader, writer, heard => _observer?.Detected(client, heard)))
        {
            try
            {
                await session.RunAsync().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                reason = Reason(e);
            }
        }
        if (reason is { CanBeTold: true }) await SayFarewellAsync(socket, reason).ConfigureAwait(false);
        _models.Metrics?.ClientGone(Protocol, Stopwatch.GetElapsedTime(began), reason?.Code);
        _observer?.Closed(client, reason?.Message);
    }

    private async Task RefuseAsync(Socket socket)
    {
        // Those who are refused may not be a burden either.
        if (Interlocked.Increment(ref _refused) <= MostRefusedAtOnce)
            await SayFarewellAsync(socket, new ClientException(CloseCode.TooManyClients, $"the server has {_options.MostClients} clients already; try again later.")).ConfigureAwait(false);
        Interlocked.Decrement(ref _refused);
    }

    private static ClientException Reason(Exception e) => e switch
    {
        ClientException known => known,
        OperationCanceledException => new ClientException(CloseCode.Stopping, "the server stops."),
        IOException or SocketException => new ClientException(CloseCode.Lost, "the connection broke.", canBeTold: false),
        // A fault of ours; that of one client is not one of the others.
        _ => new ClientException(CloseCode.Internal, $"this should not have happened ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}); please report it."),
    };

    /// <summary>
    /// Sends the reason, and takes what is still under way for a moment: a connection that is closed with unread bytes is reset, and the reason
    /// would be lost.
    /// </summary>
    private static async Task SayFarewellAsync(Socket socket, ClientException reason)
    {
        try
        {
            using var clock = new CancellationTokenSource(LongestFarewell);
            using var stream = new NetworkStream(socket);
            using var writer = new EventWriter(stream, LongestFarewell);
            await writer.WriteAsync("error", json =>
            {
                json.WriteString("text"u8, ShownText.OnOneLine(reason.Message));
                json.WriteString("code"u8, reason.Code);
            }).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
            byte[] discarded = new byte[4096];
            for (int taken = 0; taken < MostDiscarded;)
            {
                int read = await stream.ReadAsync(discarded, clock.Token).ConfigureAwait(false);
                if (read == 0) break;
                taken += read;
            }
        }
        catch (Exception e) when (e is ClientException or OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // It does not listen.
        }
    }

    private async Task WaitForClientsAsync()
    {
        Task[] left;
        lock (_lock) left = [.. _serving];
        await Task.WhenAny(Task.WhenAll(left), Task.Delay(_options.StopTimeout)).ConfigureAwait(false);
    }

    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 5);
    }

    private string Explain(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"port {_options.Port} of {_options.Address} is in use by another program; choose another one.",
        SocketError.AddressNotAvailable => $"{_options.Address} is no address of this machine; choose one of its own, or 0.0.0.0 for all.",
        SocketError.AccessDenied => $"port {_options.Port} is reserved for the system; choose one from 1024 on.",
        _ => $"the server cannot listen at {_options.Address}, port {_options.Port}: {e.Message.ReplaceLineEndings(" ")}",
    };
}

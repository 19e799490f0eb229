using System.Diagnostics.Metrics;

namespace Mingling.Serving.Telemetry;

/// <summary>
/// What a server counts, as instruments of <see cref="Meter"/> with names and units in the manner of OpenTelemetry. Without a listener they
/// cost next to nothing. The names are in docs/house.md.
/// </summary>
public sealed class ServingMetrics : IDisposable
{
    /// <summary>The name of the meter, to be given to <c>AddMeter</c> of OpenTelemetry: <c>Mingling</c>.</summary>
    public const string MeterName = "Mingling";

    private readonly Meter _meter;
    private readonly UpDownCounter<int> _clients, _streams;
    private readonly Histogram<double> _clientSeconds;
    private readonly Counter<double> _sound, _work;
    private readonly Counter<long> _detections, _clips, _loads;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">Makes the meter, as in programs with dependency injection; null makes one of its own.</param>
    public ServingMetrics(IMeterFactory? factory = null)
    {
        var options = new MeterOptions(MeterName) { Version = BuildVersion.Read(typeof(ServingMetrics).Assembly) };
        _meter = factory is null ? new Meter(options) : factory.Create(options);
        _clients = _meter.CreateUpDownCounter<int>("mingling.server.active_clients", "{client}", "Clients that are connected.");
        _clientSeconds = _meter.CreateHistogram<double>("mingling.server.client.duration", "s", "How long clients were connected; error.type says why the server closed one.");
        _streams = _meter.CreateUpDownCounter<int>("mingling.stream.active_streams", "{stream}", "Streams of sound that are open.");
        _sound = _meter.CreateCounter<double>("mingling.stream.sound", "s", "Sound that streams received.");
        _work = _meter.CreateCounter<double>("mingling.stream.processing.time", "s", "Time spent on the sound of streams; its rate is the number of busy cores.");
        _detections = _meter.CreateCounter<long>("mingling.stream.detections", "{detection}", "Commands detected in streams.");
        _clips = _meter.CreateCounter<long>("mingling.clip.recognitions", "{clip}", "Clips recognised.");
        _loads = _meter.CreateCounter<long>("mingling.model.loads", "{load}", "Model files loaded; error.type is set where that failed and the former model was kept.");
    }

    internal bool CountsWork => _work.Enabled;

    /// <summary>A client connected.</summary>
    /// <param name="protocol">The protocol: <c>wyoming</c> or <c>websocket</c>.</param>
    public void ClientConnected(string protocol) => _clients.Add(1, Protocol(protocol));

    /// <summary>A client is gone.</summary>
    /// <param name="protocol">The protocol: <c>wyoming</c> or <c>websocket</c>.</param>
    /// <param name="duration">How long it was connected.</param>
    /// <param name="error">Why the server closed it, one short code; null where the client left.</param>
    public void ClientGone(string protocol, TimeSpan duration, string? error)
    {
        _clients.Add(-1, Protocol(protocol));
        if (error is null) _clientSeconds.Record(duration.TotalSeconds, Protocol(protocol));
        else _clientSeconds.Record(duration.TotalSeconds, Protocol(protocol), new("error.type", error));
    }

    /// <summary>A clip was recognised.</summary>
    /// <param name="word">The word; null where none was believed.</param>
    public void ClipRecognized(string? word)
    {
        if (word is null) _clips.Add(1);
        else _clips.Add(1, new KeyValuePair<string, object?>("mingling.word", word));
    }

    /// <summary>Removes the instruments.</summary>
    public void Dispose() => _meter.Dispose();

    internal void StreamOpened() => _streams.Add(1);

    internal void StreamClosed() => _streams.Add(-1);

    internal void Received(double seconds) => _sound.Add(seconds);

    internal void Worked(TimeSpan time) => _work.Add(time.TotalSeconds);

    internal void Detected(string word, string model) => _detections.Add(1, new("mingling.word", word), new KeyValuePair<string, object?>("mingling.model", model));

    internal void Loaded(string model, bool isLoaded)
    {
        if (isLoaded) _loads.Add(1, Model(model));
        else _loads.Add(1, Model(model), new KeyValuePair<string, object?>("error.type", "model"));
    }

    private static KeyValuePair<string, object?> Protocol(string name) => new("network.protocol.name", name);

    private static KeyValuePair<string, object?> Model(string name) => new("mingling.model", name);
}

using System.Diagnostics;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Sources;
using Mingling.Serving.Models;
using Mingling.Serving.Sound;
using Mingling.Serving.Streams;
using Mingling.Serving.Wyoming.Protocol;

namespace Mingling.Serving.Wyoming;

/// <summary>
/// What one client says, and what it is answered. Works event by event: as long as one is worked off or an answer is not taken, nothing more is
/// read, so that a client that sends too fast is slowed down by its own connection. After each piece of sound the thread is given back,
/// so that clients take turns however many send at once.
/// </summary>
internal sealed class ClientSession : IDisposable
{
    /// <summary>How much sound is worked off in one turn, and how many other events.</summary>
    private const double TurnSeconds = 0.1;
    private const int TurnEvents = 64;

    /// <summary>A client begins at most 20 streams a second.</summary>
    private static readonly TimeSpan PauseBetweenStreams = TimeSpan.FromMilliseconds(50);

    private readonly CommandModels _models;
    private readonly WyomingOptions _options;
    private readonly EventReader _reader;
    private readonly EventWriter _writer;
    private readonly Action<CommandEvent> _detected;
    private List<string>? _names;
    private PcmFormat _format;
    private CommandStream? _stream;
    private float[] _samples = [];
    private bool _hasDetected;
    private long _begun;

    // Milliseconds of the client's clock at the beginning of the stream, as the last chunk tells it.
    private double _clock;

    public ClientSession(CommandModels models, WyomingOptions options, EventReader reader, EventWriter writer, Action<CommandEvent> detected) =>
        (_models, _options, _reader, _writer, _detected) = (models, options, reader, writer, detected);

    /// <summary>Serves the client until it leaves.</summary>
    /// <exception cref="ClientException">The client is to be closed; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task RunAsync()
    {
        for (int events = 1; await _reader.ReadAsync().ConfigureAwait(false); events++)
        {
            try
            {
                await AnswerAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is SampleStreamException or ModelException)
            {
                throw new ClientException(CloseCode.BadSound, e.Message);
            }
            catch (ServingException e)
            {
                throw new ClientException(CloseCode.UnknownWord, e.Message);
            }
            if (events % TurnEvents == 0) await Task.Yield();
        }
    }

    public void Dispose() => _stream?.Dispose();

    private async ValueTask AnswerAsync()
    {
        switch (_reader.Kind)
        {
            case EventKind.Describe:
                await _writer.WriteAsync("info", json => ServiceInfo.Write(json, _models.Models, _options)).ConfigureAwait(false);
                break;
            case EventKind.Ping:
                string? text = _reader.Data.Text;
                await _writer.WriteAsync("pong", json => json.WriteString("text"u8, text)).ConfigureAwait(false);
                break;
            case EventKind.Detect:
                Detect(_reader.Data.Names);
                break;
            case EventKind.AudioStart:
                await BeginAsync(Format("audio-start")).ConfigureAwait(false);
                _clock = _reader.Data.Timestamp ?? 0;
                break;
            case EventKind.AudioChunk:
                await HearAsync().ConfigureAwait(false);
                break;
            case EventKind.AudioStop:
                await EndAsync().ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Chooses words; an empty list is all of them.</summary>
    private void Detect(List<string>? names)
    {
        _names = names is { Count: > 0 } ? names : null;
        if (_stream is not null) _stream.Detect(_names);
        // Unknown names are refused now, and not with the first sound.
        else CommandStream.Check(_models, _names);
    }

    private async ValueTask BeginAsync(PcmFormat format)
    {
        _stream?.Dispose();
        _stream = null;
        // A stream costs as much to begin as a second of sound, and few bytes to ask for.
        if (_begun != 0 && PauseBetweenStreams - Stopwatch.GetElapsedTime(_begun) is { Ticks: > 0 } pause) await Task.Delay(pause).ConfigureAwait(false);
        _begun = Stopwatch.GetTimestamp();
        _stream = new CommandStream(_models, format.SampleRate, _names);
        int turn = Math.Max(1, (int)(TurnSeconds * format.SampleRate));
        if (_samples.Length != turn) _samples = new float[turn];
        (_format, _hasDetected) = (format, false);
    }

    private async ValueTask HearAsync()
    {
        var format = Format("audio-chunk");
        // A chunk without a beginning begins a stream.
        if (_stream is null) await BeginAsync(format).ConfigureAwait(false);
        if (format != _format)
            throw new ClientException(CloseCode.BadSound, $"an audio-chunk has {format} in a stream of {_format}; send audio-start before sound of another format.");
        if (_reader.PayloadLength % format.FrameBytes != 0)
            throw new ClientException(CloseCode.BadSound, $"the sound of an audio-chunk has {_reader.PayloadLength} bytes; send whole frames of {format.FrameBytes}.");
        if (_reader.Data.Timestamp is { } timestamp) _clock = timestamp - (1000 * _stream!.Duration);
        while (await _reader.ReadPayloadAsync(format.FrameBytes).ConfigureAwait(false) is { IsEmpty: false } piece)
        {
            for (; !piece.IsEmpty; piece = piece[Math.Min(piece.Length, _samples.Length * format.FrameBytes)..])
            {
                int count = PcmDecoder.Decode(format, piece.Span, _samples);
                _stream!.Push(_samples.AsSpan(0, count));
                await TellAsync().ConfigureAwait(false);
                await Task.Yield();
            }
        }
    }

    private async ValueTask EndAsync()
    {
        if (_stream is not null)
        {
            _stream.Complete();
            await TellAsync().ConfigureAwait(false);
            _stream.Dispose();
            _stream = null;
        }
        if (!_hasDetected) await _writer.WriteAsync("not-detected").ConfigureAwait(false);
        _hasDetected = false;
    }

    private async ValueTask TellAsync()
    {
        while (_stream!.TryRead(out var heard))
        {
            _hasDetected = true;
            _detected(heard);
            long timestamp = (long)Math.Round(_clock + (1000 * heard.Time));
            await _writer.WriteAsync("detection", json =>
            {
                json.WriteString("name"u8, heard.Word);
                json.WriteNumber("timestamp"u8, timestamp);
            }).ConfigureAwait(false);
        }
    }

    /// <exception cref="ClientException">The event does not state a format that can be heard.</exception>
    private PcmFormat Format(string type)
    {
        var data = _reader.Data;
        if (data is not { Rate: { } rate, Width: { } width, Channels: { } channels })
            throw new ClientException(CloseCode.BadSound, $"an {type} does not state its rate, width and channels.");
        var format = new PcmFormat(rate, width, channels);
        return format.Problem is { } problem ? throw new ClientException(CloseCode.BadSound, $"the sound of an {type} cannot be heard: {problem}.") : format;
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>Writes events: a header line, and after it the data. A client that does not take them in time is given up. For one thread at a time.</summary>
internal sealed class EventWriter(Stream stream, TimeSpan timeout) : IDisposable
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _data = new(), _event = new();
    private readonly CancellationTokenSource _clock = new();

    /// <summary>Writes an event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="data">Writes the properties of its data; null where it has none.</param>
    /// <exception cref="ClientException">The client did not take it in time.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask WriteAsync(string type, Action<Utf8JsonWriter>? data = null)
    {
        _data.ResetWrittenCount();
        _event.ResetWrittenCount();
        if (data is not null) WriteObject(_data, data);
        WriteObject(_event, header =>
        {
            header.WriteString("type"u8, type);
            if (data is not null) header.WriteNumber("data_length"u8, _data.WrittenCount);
        });
        _event.Write("\n"u8);
        _event.Write(_data.WrittenSpan);
        _clock.CancelAfter(timeout);
        try
        {
            await stream.WriteAsync(_event.WrittenMemory, _clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new ClientException(CloseCode.Timeout, $"an answer was not taken within {timeout.TotalSeconds:0.###} s; read what the server sends.", canBeTold: false);
        }
        _clock.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _clock.Dispose();

    private static void WriteObject(ArrayBufferWriter<byte> target, Action<Utf8JsonWriter> properties)
    {
        using var json = new Utf8JsonWriter(target, Readable);
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
    }
}

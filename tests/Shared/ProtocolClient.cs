using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Mingling.Tests.Shared;

/// <summary>
/// A client of the Wyoming protocol, written from its description (https://github.com/rhasspy/wyoming, README) and not from the server: a line
/// of JSON, data_length bytes of JSON merged over its data, payload_length bytes of sound.
/// </summary>
internal sealed class ProtocolClient : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly List<byte> _line = [];
    private readonly byte[] _one = new byte[4096];
    private int _at, _held;

    private ProtocolClient(Socket socket) => (_socket, _stream) = (socket, new NetworkStream(socket));

    /// <summary>An event that came.</summary>
    internal sealed record Event(string Type, JsonObject Data, byte[] Payload)
    {
        public string? Text(string name) => (string?)Data[name];

        public long? Number(string name) => (long?)Data[name];
    }

    /// <summary>How data is sent: after the header, or within it, as older clients do.</summary>
    public bool IsInline { get; init; }

    public static async Task<ProtocolClient> ConnectAsync(IPEndPoint server, bool isInline = false)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return new ProtocolClient(socket) { IsInline = isInline };
    }

    public async Task SendAsync(string type, JsonObject? data = null, ReadOnlyMemory<byte> payload = default)
    {
        var header = new JsonObject { ["type"] = type };
        byte[] after = [];
        if (data is not null && IsInline) header["data"] = data;
        if (data is not null && !IsInline)
        {
            after = Encoding.UTF8.GetBytes(data.ToJsonString());
            header["version"] = "1.5.4";
            header["data_length"] = after.Length;
        }
        if (payload.Length > 0) header["payload_length"] = payload.Length;
        byte[] bytes = [.. Encoding.UTF8.GetBytes(header.ToJsonString() + "\n"), .. after, .. payload.Span];
        await SendRawAsync(bytes);
    }

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    public Task DetectAsync(params string[] names) =>
        SendAsync("detect", new JsonObject { ["names"] = names.Length == 0 ? null : new JsonArray([.. names.Select(name => (JsonNode)name)]) });

    public Task StartAsync(int rate = 16_000, int width = 2, int channels = 1) => SendAsync("audio-start", Format(rate, width, channels, null));

    public Task ChunkAsync(ReadOnlyMemory<byte> sound, int rate = 16_000, int width = 2, int channels = 1, long? timestamp = null) =>
        SendAsync("audio-chunk", Format(rate, width, channels, timestamp), sound);

    public Task StopAsync() => SendAsync("audio-stop", new JsonObject { ["timestamp"] = null });

    /// <summary>The next event; null where the server has closed.</summary>
    public async Task<Event?> ReadAsync()
    {
        _line.Clear();
        while (true)
        {
            if (await ByteAsync() is not { } next) return _line.Count == 0 ? null : throw new InvalidDataException("the server ended within a header");
            if (next == '\n') break;
            _line.Add(next);
        }
        var header = JsonNode.Parse(_line.ToArray())!.AsObject();
        var data = header["data"]?.DeepClone().AsObject() ?? [];
        if ((int?)header["data_length"] is > 0 and var length)
            foreach (var (name, value) in JsonNode.Parse(await BytesAsync(length))!.AsObject()) data[name] = value?.DeepClone();
        byte[] payload = (int?)header["payload_length"] is > 0 and var size ? await BytesAsync(size) : [];
        return new Event((string)header["type"]!, data, payload);
    }

    /// <summary>All events up to one of a type, which is the last; or up to the end of the connection.</summary>
    public async Task<List<Event>> ReadUntilAsync(string type)
    {
        List<Event> events = [];
        while (await ReadAsync() is { } next)
        {
            events.Add(next);
            if (next.Type == type) break;
        }
        return events;
    }

    /// <summary>Ends the connection without a word, as a client that is killed.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private static JsonObject Format(int rate, int width, int channels, long? timestamp) =>
        new() { ["rate"] = rate, ["width"] = width, ["channels"] = channels, ["timestamp"] = timestamp };

    private async ValueTask<byte?> ByteAsync()
    {
        if (_at == _held)
        {
            (_at, _held) = (0, await _stream.ReadAsync(_one));
            if (_held == 0) return null;
        }
        return _one[_at++];
    }

    private async Task<byte[]> BytesAsync(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = await ByteAsync() ?? throw new InvalidDataException("the server ended within an event");
        return bytes;
    }
}

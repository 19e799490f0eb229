using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Mingling.Serving.Wyoming.Protocol;

namespace Mingling.Serving.Wyoming;

/// <summary>Asks a running Wyoming server for its wake words, as the health check of a container does.</summary>
public static class WyomingProbe
{
    private const int LongestAnswer = 16 << 20;

    /// <summary>Asks a server.</summary>
    /// <param name="server">Where it listens.</param>
    /// <param name="timeout">How long to wait for its answer, above 0.</param>
    /// <returns>Its wake words.</returns>
    /// <exception cref="ServingException">It does not answer in time, or not as the protocol says.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync(IPEndPoint server, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var clock = new CancellationTokenSource(timeout);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(server, clock.Token).ConfigureAwait(false);
            using var stream = new NetworkStream(socket);
            using var writer = new EventWriter(stream, timeout);
            await writer.WriteAsync("describe").ConfigureAwait(false);
            return Words(await AnswerAsync(stream, clock.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException e)
        {
            throw new ServingException($"{server} does not answer within {timeout.TotalSeconds:0.###} s.", e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new ServingException($"there is no server at {server}: {e.Message.ReplaceLineEndings(" ")}.", e);
        }
        catch (Exception e) when (e is ClientException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ServingException($"{server} does not answer as a Wyoming server does.", e);
        }
    }

    /// <summary>The data of the first event, which stands in the header or after it.</summary>
    private static async Task<JsonElement> AnswerAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        byte[] one = new byte[1];
        while (line.Count < LongestAnswer)
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0) throw new IOException("it closed the connection");
            if (one[0] == '\n') break;
            line.Add(one[0]);
        }
        using var header = JsonDocument.Parse(line.ToArray());
        if (header.RootElement.GetProperty("type").GetString() != "info") throw new JsonException("it is no info");
        if (!header.RootElement.TryGetProperty("data_length", out var length)) return header.RootElement.GetProperty("data").Clone();
        byte[] data = length.TryGetInt32(out int size) && size is > 0 and < LongestAnswer ? new byte[size] : throw new JsonException("its length is wrong");
        await stream.ReadExactlyAsync(data, cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(data);
        return document.RootElement.Clone();
    }

    private static IReadOnlyList<string> Words(JsonElement info) =>
        [.. info.GetProperty("wake").EnumerateArray().SelectMany(service => service.GetProperty("models").EnumerateArray()).Select(word => word.GetProperty("name").GetString()!)];
}

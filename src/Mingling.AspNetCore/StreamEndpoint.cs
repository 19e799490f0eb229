using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Sources;
using Mingling.Serving;
using Mingling.Serving.Models;
using Mingling.Serving.Sound;
using Mingling.Serving.Streams;
using Mingling.Serving.Telemetry;

namespace Mingling.AspNetCore;

/// <summary>
/// A stream by WebSocket: raw sound in binary messages of any size, one text message with JSON for each command. A text message from the client
/// ends the stream: the last commands come, and the server closes. What is wrong is sent as a text message with <c>error</c>, before the
/// server closes.
/// </summary>
internal sealed class StreamEndpoint(CommandModels models, ServingMetrics metrics, MinglingOptions options)
{
    private const string Protocol = "websocket";
    private const int Buffer = 8 << 10;
    private const double TurnSeconds = 0.1;

    public async Task AnswerAsync(HttpContext context, StreamPlaces places)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await ClipEndpoint.RefuseAsync(context, StatusCodes.Status400BadRequest, "streams are sent by WebSocket; call UseWebSockets in the server where a client does so.").ConfigureAwait(false);
            return;
        }
        if (Format(context.Request.Query, out var format, out string[]? words) is { } wrong)
        {
            await ClipEndpoint.RefuseAsync(context, StatusCodes.Status400BadRequest, wrong).ConfigureAwait(false);
            return;
        }
        if (!places.TryTake())
        {
            await ClipEndpoint.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"the server has {options.MostStreams} streams already; try again later.").ConfigureAwait(false);
            return;
        }
        try
        {
            using var stream = new CommandStream(models, format.SampleRate, words);
            using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            await ServeAsync(socket, stream, format, context.RequestAborted).ConfigureAwait(false);
        }
        catch (ServingException e) when (!context.Response.HasStarted)
        {
            await ClipEndpoint.RefuseAsync(context, StatusCodes.Status404NotFound, e.Message).ConfigureAwait(false);
        }
        finally
        {
            places.GiveBack();
        }
    }

    private async Task ServeAsync(WebSocket socket, CommandStream stream, PcmFormat format, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        metrics.ClientConnected(Protocol);
        string? error = null;
        try
        {
            if (await HearAsync(socket, stream, format, stop).ConfigureAwait(false)) await FinishAsync(socket, stream, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SampleStreamException or ModelException or ServingException)
        {
            error = "bad-sound";
            await CloseAsync(socket, WebSocketCloseStatus.InvalidPayloadData, e.Message).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            error = "timeout";
            await CloseAsync(socket, WebSocketCloseStatus.PolicyViolation, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            error = "lost";
        }
        finally
        {
            metrics.ClientGone(Protocol, Stopwatch.GetElapsedTime(began), error);
        }
    }

    /// <summary>Works off what comes; false where the client closed without ending its stream.</summary>
    private async Task<bool> HearAsync(WebSocket socket, CommandStream stream, PcmFormat format, CancellationToken stop)
    {
        byte[] bytes = new byte[Buffer];
        float[] samples = new float[Math.Max(1, (int)(TurnSeconds * format.SampleRate))];
        int held = 0;
        while (true)
        {
            var received = await TimedAsync(token => socket.ReceiveAsync(bytes.AsMemory(held), token).AsTask(), options.IdleTimeout, "nothing was sent", stop).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close) return false;
            if (received.MessageType == WebSocketMessageType.Text) return true;
            held += received.Count;
            int whole = held / format.FrameBytes * format.FrameBytes;
            for (int at = 0; at < whole;)
            {
                int count = PcmDecoder.Decode(format, bytes.AsSpan(at, whole - at), samples);
                at += count * format.FrameBytes;
                stream.Push(samples.AsSpan(0, count));
                await TellAsync(socket, stream, stop).ConfigureAwait(false);
                // So that streams take turns, however many send at once.
                await Task.Yield();
            }
            bytes.AsSpan(whole, held - whole).CopyTo(bytes);
            held -= whole;
        }
    }

    private async Task FinishAsync(WebSocket socket, CommandStream stream, CancellationToken stop)
    {
        stream.Complete();
        await TellAsync(socket, stream, stop).ConfigureAwait(false);
        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure, null).ConfigureAwait(false);
    }

    private async ValueTask TellAsync(WebSocket socket, CommandStream stream, CancellationToken stop)
    {
        while (stream.TryRead(out var heard))
        {
            byte[] message = JsonSerializer.SerializeToUtf8Bytes(
                new StreamAnswer(heard.Word, Math.Round(heard.Time, 3), Math.Round(heard.Start, 3), Math.Round(heard.End, 3), Math.Round(heard.Score, 4)), AnswerJson.Readable.Context.StreamAnswer);
            await TimedAsync(async token =>
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, true, token).ConfigureAwait(false);
                return true;
            }, options.WriteTimeout, "an answer was not taken", stop).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string? error)
    {
        try
        {
            using var clock = new CancellationTokenSource(options.WriteTimeout);
            if (error is not null) await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new ErrorAnswer(error), AnswerJson.Readable.Context.ErrorAnswer), WebSocketMessageType.Text, true, clock.Token).ConfigureAwait(false);
            await socket.CloseOutputAsync(status, null, clock.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // It does not listen.
        }
    }

    /// <exception cref="TimeoutException">It took too long; the socket cannot be used for reading any more.</exception>
    private static async Task<T> TimedAsync<T>(Func<CancellationToken, Task<T>> act, TimeSpan most, string what, CancellationToken stop)
    {
        var acting = act(stop);
        return acting.IsCompletedSuccessfully ? acting.Result : await WaitAsync().ConfigureAwait(false);

        async Task<T> WaitAsync()
        {
            try
            {
                return await acting.WaitAsync(most, stop).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{what} for {most.TotalSeconds:0.###} s."));
            }
        }
    }

    /// <summary>The format and the words that a query states; what is wrong with it, or null.</summary>
    private static string? Format(IQueryCollection query, out PcmFormat format, out string[]? words)
    {
        words = query.TryGetValue("words", out var named) ? $"{named}".Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null;
        if (words is { Length: 0 }) words = null;
        format = default;
        if (Whole(query, "rate", null, out int rate) is { } wrongRate) return wrongRate;
        if (Whole(query, "width", 2, out int width) is { } wrongWidth) return wrongWidth;
        if (Whole(query, "channels", 1, out int channels) is { } wrongChannels) return wrongChannels;
        format = new PcmFormat(rate, width, channels);
        return format.Problem is { } problem ? $"{problem}." : null;
    }

    private static string? Whole(IQueryCollection query, string name, int? otherwise, out int value)
    {
        value = otherwise ?? 0;
        if (!query.TryGetValue(name, out var text)) return otherwise is null ? $"the query does not state the {name} of the sound, as in ?{name}=16000." : null;
        return int.TryParse($"{text}", NumberStyles.None, CultureInfo.InvariantCulture, out value) ? null : $"the {name} in the query is no whole number.";
    }
}

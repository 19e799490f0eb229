using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Sources;
using Mingling.Studio.Folders;
using Mingling.Studio.Models;
using Mingling.Studio.Security;

namespace Mingling.Studio.Live;

/// <summary>
/// A live page: samples of 16 bits at the page's own rate in binary messages, wishes as JSON; back come pictures and words. Sound is worked off
/// as it comes, in order; the answers are sent beside it.
/// </summary>
internal sealed class LiveSocket(WebSocket socket, CommandSpotter spotter, StudioFolder folder) : IDisposable
{
    private const int LongestMessage = 64 << 10, LongestWish = 1000;
    private const double RememberedSeconds = 3;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    private readonly LiveOutbox _out = new();
    private readonly SoundRing _recent = new(spotter.SampleRate, RememberedSeconds);
    private readonly KeptEvents _kept = new(folder, spotter.SampleRate);
    private readonly BackgroundRecorder _background = new(folder, spotter.SampleRate);
    private bool _recordsBackground;

    public async Task ServeAsync(CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        spotter.Observer = new LivePicture(_out.AddPicture);
        var sending = _out.SendAllAsync(socket, both.Token);
        try
        {
            await HearAsync(sending, both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SampleStreamException or ModelException or JsonException or InvalidDataException)
        {
            Say(new { error = PageRemark.Of(e) });
        }
        catch (TimeoutException)
        {
            Say(new { error = PageRemark.Of(new Remark("live.no-sound", string.Create(CultureInfo.InvariantCulture, $"No sound came for {Idle.TotalSeconds:0} s."), ("seconds", Idle.TotalSeconds))) });
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            both.Cancel();
        }
        finally
        {
            _background.Flush();
            spotter.Observer = null;
            _out.Complete();
        }
        await EndAsync(sending, both).ConfigureAwait(false);
    }

    public void Dispose() => _out.Dispose();

    private async Task HearAsync(Task sending, CancellationToken stop)
    {
        byte[] buffer = new byte[LongestMessage];
        float[] samples = new float[LongestMessage / 2];
        int filled = 0;
        while (true)
        {
            if (filled == buffer.Length) throw new InvalidDataException($"A message has at most {LongestMessage} bytes.");
            var receiving = socket.ReceiveAsync(buffer.AsMemory(filled), stop).AsTask();
            // A page that takes nothing is let go, though it sends.
            if (await Task.WhenAny(receiving, sending).WaitAsync(Idle, stop).ConfigureAwait(false) == sending) throw new IOException("the page takes nothing");
            var received = await receiving.ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close) return;
            filled += received.Count;
            if (!received.EndOfMessage) continue;
            if (received.MessageType == WebSocketMessageType.Text)
            {
                if (filled > LongestWish) throw new InvalidDataException("A wish is short.");
                if (!Obey(Encoding.UTF8.GetString(buffer, 0, filled))) return;
            }
            else
            {
                Hear(buffer.AsSpan(0, filled & ~1), samples);
            }
            filled = 0;
        }
    }

    private void Hear(ReadOnlySpan<byte> bytes, float[] samples)
    {
        int count = bytes.Length / 2;
        for (int i = 0; i < count; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) / 32768f;
        var piece = samples.AsSpan(0, count);
        _recent.Add(piece);
        if (_recordsBackground) _background.Add(piece);
        spotter.Push(piece);
        Tell();
    }

    private void Tell()
    {
        while (spotter.TryRead(out var heard))
        {
            int number = _kept.Add(heard, _recent.Copy());
            Say(new { word = new { number, word = heard.Word, time = Rounded(heard.Time), start = Rounded(heard.Start), end = Rounded(heard.End), score = Math.Round(heard.Score, 4), at = Rounded(spotter.Duration) } });
        }
    }

    /// <returns>False where the page has ended its stream.</returns>
    private bool Obey(string text)
    {
        using var wish = JsonDocument.Parse(text);
        foreach (var property in wish.RootElement.EnumerateObject())
        {
            switch (property.Name)
            {
                case "keep" when property.Value.TryGetInt32(out int number):
                    Say(new { kept = new { number, file = _kept.Keep(number) } });
                    break;
                case "background":
                    _recordsBackground = property.Value.ValueKind == JsonValueKind.True;
                    if (!_recordsBackground) _background.Flush();
                    Say(new { background = _recordsBackground });
                    break;
                case "end":
                    spotter.Complete();
                    Tell();
                    return false;
            }
        }
        return true;
    }

    private void Say(object what)
    {
        if (!_out.AddWord(JsonSerializer.Serialize(what, PageJson.Options))) throw new IOException("the page takes nothing");
    }

    private async Task EndAsync(Task sending, CancellationTokenSource stop)
    {
        try
        {
            await sending.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            using var clock = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, clock.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or TimeoutException or IOException or InvalidOperationException)
        {
            // It does not listen.
            stop.Cancel();
            socket.Abort();
            await Task.WhenAny(sending).ConfigureAwait(false);
        }
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 3);
}

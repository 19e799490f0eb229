using System.Diagnostics;
using System.Text.Json;

namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>
/// Reads the events of a client: a line of JSON, then data_length bytes of JSON, then payload_length bytes. Headers and data have a largest
/// size, payloads pass through in pieces, and time is limited, so that nothing that a client sends makes the reader hold more than one buffer.
/// A buffer that grew for a long header stays. For one thread at a time.
/// </summary>
internal sealed class EventReader : IDisposable
{
    private const int FirstBuffer = 16 << 10, LongestPiece = 8 << 10;

    private readonly Stream _stream;
    private readonly ReaderLimits _limits;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _clock;
    private byte[] _buffer;
    private int _start, _end;
    private long _payloadLeft;
    private bool _hasBegun;
    private TimeSpan _waited;

    /// <param name="stream">What the client sends; stays open.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="stop">Ends a read that waits.</param>
    public EventReader(Stream stream, ReaderLimits limits, CancellationToken stop)
    {
        (_stream, _limits, _stop) = (stream, limits, stop);
        _clock = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _buffer = new byte[Math.Min(FirstBuffer, Math.Max(LongestPiece, limits.LongestHeader))];
    }

    /// <summary>The type of the event that was read last.</summary>
    public EventKind Kind { get; private set; }

    /// <summary>Its data: that of the header, and over it that after the header.</summary>
    public EventData Data { get; private set; }

    /// <summary>The bytes of its payload.</summary>
    public long PayloadLength { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads the next event up to its payload; what was left of the payload before is passed over.</summary>
    /// <returns>False where the client has ended between two events.</returns>
    /// <exception cref="ClientException">What was sent is no event, is too large or too slow, or ended within an event.</exception>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<bool> ReadAsync()
    {
        await SkipAsync(_payloadLeft).ConfigureAwait(false);
        (_hasBegun, _waited, _payloadLeft) = (_end > _start, TimeSpan.Zero, 0);
        int line = await ReadLineAsync().ConfigureAwait(false);
        if (line < 0) return false;
        var header = EventHeader.Parse(_buffer.AsSpan(_start, line));
        _start += line + 1;
        (Kind, Data, PayloadLength) = (header.Kind, header.Data, header.PayloadLength);
        CheckSize("payload_length", header.PayloadLength, _limits.LongestPayload);
        if (header.Kind == EventKind.Other)
        {
            // Nobody reads it, so that it may be as large as a payload.
            CheckSize("data_length", header.DataLength, _limits.LongestPayload);
            await SkipAsync(header.DataLength).ConfigureAwait(false);
        }
        else if (header.DataLength > 0)
        {
            CheckSize("data_length", header.DataLength, _limits.LongestData);
            await ReadDataAsync((int)header.DataLength).ConfigureAwait(false);
        }
        _payloadLeft = header.PayloadLength;
        return true;
    }

    /// <summary>Reads the next piece of the payload.</summary>
    /// <param name="unit">A piece holds a multiple of this many bytes, at most 1024; the payload must do so too.</param>
    /// <returns>The piece, valid until the next call; empty at the end of the payload.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadPayloadAsync(int unit)
    {
        if (_payloadLeft == 0) return default;
        while (_end - _start < unit) await FillAsync(unit).ConfigureAwait(false);
        int piece = (int)Math.Min(Math.Min(_end - _start, LongestPiece), _payloadLeft) / unit * unit;
        var bytes = _buffer.AsMemory(_start, piece);
        _start += piece;
        _payloadLeft -= piece;
        return bytes;
    }

    public void Dispose() => _clock.Dispose();

    /// <summary>The length of the next line, which begins at _start; −1 where the client has ended.</summary>
    private async ValueTask<int> ReadLineAsync()
    {
        for (int searched = 0; ;)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0 && searched + found <= _limits.LongestHeader) return searched + found;
            searched = _end - _start;
            if (searched > _limits.LongestHeader)
                throw new ClientException(CloseCode.TooLarge, $"the header of an event is longer than {_limits.LongestHeader} bytes; send a line end after it, and data after that.");
            if (!await TryFillAsync(searched + 1).ConfigureAwait(false))
                return searched == 0 ? -1 : throw Ended();
        }
    }

    private async ValueTask ReadDataAsync(int length)
    {
        while (_end - _start < length) await FillAsync(length).ConfigureAwait(false);
        try
        {
            var data = Data;
            data.Merge(_buffer.AsSpan(_start, length));
            Data = data;
        }
        catch (JsonException e)
        {
            throw new ClientException(CloseCode.BadEvent, $"the data of an event, {length} bytes, is no JSON ({EventHeader.Place(e)}).");
        }
        _start += length;
    }

    private async ValueTask SkipAsync(long bytes)
    {
        while (bytes > 0)
        {
            if (_start == _end) await FillAsync(1).ConfigureAwait(false);
            int skipped = (int)Math.Min(bytes, _end - _start);
            _start += skipped;
            bytes -= skipped;
        }
    }

    private async ValueTask FillAsync(int needed)
    {
        if (!await TryFillAsync(needed).ConfigureAwait(false)) throw Ended();
    }

    /// <summary>Reads more bytes, with room for at least <paramref name="needed"/> of them from _start on; false where there are none left.</summary>
    private async ValueTask<bool> TryFillAsync(int needed)
    {
        MakeRoom(needed);
        // An event has its time from its first byte on; time that the server itself takes does not count.
        var left = _hasBegun ? _limits.EventTimeout - _waited : _limits.IdleTimeout;
        _clock.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        long began = Stopwatch.GetTimestamp();
        int read;
        try
        {
            read = await _stream.ReadAsync(_buffer.AsMemory(_end), _clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            throw new ClientException(CloseCode.Timeout, _hasBegun
                ? $"an event did not arrive completely within {_limits.EventTimeout.TotalSeconds:0.###} s; check its lengths."
                : $"nothing was sent for {_limits.IdleTimeout.TotalSeconds:0.###} s; send a ping now and then.");
        }
        finally
        {
            _clock.CancelAfter(Timeout.InfiniteTimeSpan);
        }
        if (_hasBegun) _waited += Stopwatch.GetElapsedTime(began);
        _hasBegun = true;
        _end += read;
        BytesRead += read;
        return read > 0;
    }

    /// <summary>Makes room for at least one byte more, and for <paramref name="needed"/> from the first that is held.</summary>
    private void MakeRoom(int needed)
    {
        int held = _end - _start;
        if (held == 0) (_start, _end) = (0, 0);
        if (_start + needed <= _buffer.Length && _end < _buffer.Length) return;
        byte[] target = needed <= _buffer.Length && held < _buffer.Length ? _buffer : new byte[Math.Max(needed, 2 * _buffer.Length)];
        _buffer.AsSpan(_start, held).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, held);
    }

    private static void CheckSize(string name, long size, int most)
    {
        if (size > most) throw new ClientException(CloseCode.TooLarge, $"the {name} of an event is {size}; at most {most} bytes are taken at once.");
    }

    private static ClientException Ended() => new(CloseCode.Lost, "the connection ended within an event.");
}

using System.Buffers.Binary;

namespace Mingling.Recognition.Streaming.Sources;

/// <summary>
/// Raw sound from a pipe or a file: 16-bit signed integers, little-endian, one channel, without a header (what
/// <c>arecord -f S16_LE -t raw</c> writes).
/// </summary>
public sealed class PcmSource : ISampleSource
{
    private readonly Stream _stream;
    private byte[] _bytes = [];
    private int _held;
    private long _left;
    private long _samples;

    /// <summary>Prepares to read.</summary>
    /// <param name="stream">The bytes; stays open.</param>
    /// <param name="sampleRate">The rate (Hz), above 0; raw sound does not state it.</param>
    /// <param name="first">Bytes that were read from the stream already.</param>
    /// <param name="length">The number of bytes of sound to read, 0 or more; null reads to the end.</param>
    public PcmSource(Stream stream, int sampleRate, ReadOnlySpan<byte> first = default, long? length = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (sampleRate <= 0) throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, "A stream has a rate above 0 Hz.");
        if (length is { } stated) ArgumentOutOfRangeException.ThrowIfNegative(stated, nameof(length));
        (_stream, SampleRate, _bytes, _held, _left) = (stream, sampleRate, first.ToArray(), first.Length, length ?? long.MaxValue);
    }

    /// <inheritdoc/>
    public int SampleRate { get; }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellationToken = default)
    {
        if (_bytes.Length < 2 * buffer.Length) Array.Resize(ref _bytes, 2 * buffer.Length);
        while (_held < 2)
        {
            int most = (int)Math.Min(_left, (2 * buffer.Length) - _held);
            int read = most == 0 ? 0 : await _stream.ReadAsync(_bytes.AsMemory(_held, most), cancellationToken).ConfigureAwait(false);
            _held += read;
            _left -= read;
            if (read == 0) break;
        }

        if (_held == 1)
            throw new SampleStreamException($"The stream stops in the middle of a sample after {_samples / (double)SampleRate:0.00} s; samples have 2 bytes.");
        return Decode(buffer.Span);
    }

    private int Decode(Span<float> samples)
    {
        int count = Math.Min(_held / 2, samples.Length);
        for (int i = 0; i < count; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(_bytes.AsSpan(2 * i)) / 32768f;
        _bytes.AsSpan(2 * count, _held - (2 * count)).CopyTo(_bytes);
        _held -= 2 * count;
        _samples += count;
        return count;
    }
}

using System.Buffers;
using System.Buffers.Binary;

namespace Mingling.Audio;

/// <summary>Walks forward through the chunks of a RIFF stream, which need not be seekable.</summary>
internal sealed class RiffSource(Stream stream, bool bigEndian)
{
    private const int ChunkHeaderSize = 8;
    private const int SkipBufferSize = 4096;

    /// <summary>Numbers are big-endian (RIFX).</summary>
    public bool BigEndian { get; } = bigEndian;

    /// <summary>Bytes from here to the end; null where the stream is not seekable.</summary>
    public long? Remaining => stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;

    /// <summary>Reads a chunk's identifier and size; false at the end of the stream.</summary>
    public bool TryReadChunkHeader(Span<byte> id, out uint size)
    {
        Span<byte> header = stackalloc byte[ChunkHeaderSize];
        bool whole = Read(header) == header.Length;
        header[..id.Length].CopyTo(id);
        size = BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(header[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return whole;
    }

    /// <summary>
    /// Whether the next chunk is one that is known to follow sound. Always false for a stream that is not seekable.
    /// </summary>
    public bool AtTrailingChunk()
    {
        if (!stream.CanSeek)
            return false;
        Span<byte> id = stackalloc byte[4];
        int read = Read(id);
        stream.Position -= read;
        return id.SequenceEqual("LIST"u8) || id.SequenceEqual("fact"u8) || id.SequenceEqual("cue "u8) || id.SequenceEqual("smpl"u8)
            || id.SequenceEqual("bext"u8) || id.SequenceEqual("iXML"u8) || id.SequenceEqual("id3 "u8) || id.SequenceEqual("JUNK"u8)
            || id.SequenceEqual("PEAK"u8);
    }

    /// <summary>Reads the first bytes of a chunk and passes over the rest and the pad byte; returns how many were read.</summary>
    public int ReadChunk(uint size, Span<byte> start)
    {
        int read = Read(start[..(int)Math.Min(size, (uint)start.Length)]);
        Skip(size + (size & 1L) - read);
        return read;
    }

    /// <summary>Fills the buffer as far as the stream goes and returns how many bytes were read.</summary>
    public int Read(Span<byte> buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    private void Skip(long bytes)
    {
        if (Remaining is long remaining)
        {
            stream.Position += Math.Min(bytes, remaining);
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(SkipBufferSize);
        int wanted, read;
        do
        {
            wanted = (int)Math.Min(bytes, buffer.Length);
            read = Read(buffer.AsSpan(0, wanted));
            bytes -= read;
        }
        while (bytes > 0 && read == wanted);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}

using System.Buffers;
using System.Buffers.Binary;

namespace Mingling.Audio;

/// <summary>Walks forward through the chunks of a RIFF stream, which need not be seekable.</summary>
internal sealed class RiffSource(Stream stream, bool bigEndian)
{
    private const int ChunkHeaderSize = 8;
    private const int SkipBufferSize = 4096;

    private static readonly string[] KnownChunks =
        ["fmt ", "data", "LIST", "fact", "cue ", "smpl", "inst", "bext", "iXML", "id3 ", "ID3 ", "JUNK", "junk", "PEAK", "cart", "PAD ", "ds64", "afsp", "plst", "note", "acid", "wavl", "slnt"];

    private bool _afterOddChunk;

    /// <summary>Numbers are big-endian (RIFX).</summary>
    public bool BigEndian { get; } = bigEndian;

    /// <summary>Bytes read or passed over so far.</summary>
    public long Passed { get; private set; }

    /// <summary>Whether a chunk of odd length had no pad byte, which readers pass over.</summary>
    public bool LacksPadding { get; private set; }

    /// <summary>Bytes from here to the end; null where the stream is not seekable.</summary>
    public long? Remaining => stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;

    /// <summary>Reads a chunk's identifier and size; false at the end of the stream.</summary>
    public bool TryReadChunkHeader(Span<byte> id, out uint size)
    {
        Span<byte> header = stackalloc byte[ChunkHeaderSize];
        int read = Read(header);
        // A pad byte follows odd content, which some programs leave out: then the name of the next chunk stands in its place.
        if (_afterOddChunk && read == header.Length)
        {
            if (IsKnown(header[..4]))
            {
                LacksPadding = true;
            }
            else
            {
                header[1..].CopyTo(header);
                read += Read(header[^1..]) - 1;
            }
        }
        _afterOddChunk = false;
        bool whole = read == header.Length;
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
        Passed -= read;
        return IsKnown(id) && !id.SequenceEqual("data"u8) && !id.SequenceEqual("fmt "u8);
    }

    /// <summary>Reads the first bytes of a chunk and passes over the rest; returns how many were read.</summary>
    public int ReadChunk(uint size, Span<byte> start)
    {
        int read = Read(start[..(int)Math.Min(size, (uint)start.Length)]);
        Skip((long)size - read);
        _afterOddChunk = size % 2 != 0;
        return read;
    }

    /// <summary>Fills the buffer as far as the stream goes and returns how many bytes were read.</summary>
    public int Read(Span<byte> buffer)
    {
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        Passed += read;
        return read;
    }

    private static bool IsKnown(ReadOnlySpan<byte> id)
    {
        foreach (string known in KnownChunks)
        {
            if (System.Text.Ascii.Equals(id, known))
                return true;
        }
        return false;
    }

    private void Skip(long bytes)
    {
        if (Remaining is long remaining)
        {
            stream.Position += Math.Min(bytes, remaining);
            Passed += Math.Min(bytes, remaining);
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

namespace Mingling.Serving.Tests.Support;

/// <summary>Bytes that come in pieces of given sizes, one after another and again from the first; at the end nothing comes any more.</summary>
internal sealed class PiecedStream(byte[] bytes, params int[] pieces) : Stream
{
    private int _at, _piece;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Math.Min(Math.Min(count, pieces[_piece++ % pieces.Length]), bytes.Length - _at);
        bytes.AsSpan(_at, read).CopyTo(buffer.AsSpan(offset));
        _at += read;
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = Math.Min(Math.Min(buffer.Length, pieces[_piece++ % pieces.Length]), bytes.Length - _at);
        bytes.AsMemory(_at, read).CopyTo(buffer);
        _at += read;
        return new(read);
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

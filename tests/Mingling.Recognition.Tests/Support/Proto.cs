using System.Text;

namespace Mingling.Recognition.Tests.Support;

/// <summary>A protobuf message, field by field: what Mingling would not write into an ONNX file.</summary>
internal sealed class Proto
{
    private readonly List<byte> _bytes = [];

    public Proto Number(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
        return this;
    }

    public Proto Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public Proto Message(int field, Proto message) => Bytes(field, message.ToArray());

    public Proto Bytes(int field, byte[] bytes)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}

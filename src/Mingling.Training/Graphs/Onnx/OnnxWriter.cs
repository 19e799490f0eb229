using System.Text;
using Google.Protobuf;

namespace Mingling.Training.Graphs.Onnx;

/// <summary>A message of the ONNX specification (onnx.proto) that can be written; only what Mingling needs is defined.</summary>
internal interface IOnnxMessage
{
    /// <summary>Writes the fields, with their numbers in onnx.proto.</summary>
    void WriteTo(OnnxWriter writer);
}

/// <summary>Writes the fields of one message in the protobuf encoding.</summary>
internal sealed class OnnxWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _stream;

    private OnnxWriter() => _stream = new CodedOutputStream(_bytes, leaveOpen: true);

    /// <summary>The encoding of a message.</summary>
    public static byte[] Bytes(IOnnxMessage message)
    {
        using var writer = new OnnxWriter();
        message.WriteTo(writer);
        writer._stream.Flush();
        return writer._bytes.ToArray();
    }

    public void Number(int field, long value)
    {
        _stream.WriteTag(field, WireFormat.WireType.Varint);
        _stream.WriteInt64(value);
    }

    public void Numbers(int field, IEnumerable<long> values)
    {
        foreach (long value in values) Number(field, value);
    }

    public void Real(int field, float value)
    {
        _stream.WriteTag(field, WireFormat.WireType.Fixed32);
        _stream.WriteFloat(value);
    }

    public void Text(int field, string text) => Raw(field, Encoding.UTF8.GetBytes(text));

    public void Texts(int field, IEnumerable<string> texts)
    {
        foreach (string text in texts) Text(field, text);
    }

    public void Raw(int field, byte[] bytes)
    {
        _stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _stream.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    public void Message(int field, IOnnxMessage message) => Raw(field, Bytes(message));

    public void Messages(int field, IEnumerable<IOnnxMessage> messages)
    {
        foreach (var message in messages) Message(field, message);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _bytes.Dispose();
    }
}

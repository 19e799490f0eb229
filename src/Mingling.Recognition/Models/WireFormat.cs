namespace Mingling.Recognition.Models;

/// <summary>
/// The outermost layer of the protobuf encoding (https://protobuf.dev/programming-guides/encoding): a message is a row of fields,
/// each a tag and a content. Enough to find and replace a field without understanding the others.
/// </summary>
internal static class WireFormat
{
    /// <summary>A model has about ten fields and one for each property of its metadata; a file of millions is made to fill the memory.</summary>
    public const int MostFields = 65_536;

    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    /// <summary>The fields in their order.</summary>
    /// <exception cref="InvalidDataException">The bytes are no message; the message is a clause that says why.</exception>
    public static List<WireField> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<WireField>();
        int at = 0;
        while (at < message.Length)
        {
            int start = at;
            ulong tag = ReadVarint(message, ref at);
            ulong number = tag >> 3;
            if (number is 0 or > 0x1FFF_FFFF) throw new InvalidDataException("it is not an ONNX model");
            ulong length = (int)(tag & 7) switch
            {
                Varint => VarintLength(message, at),
                Fixed64 => 8,
                Delimited => ReadVarint(message, ref at),
                Fixed32 => 4,
                _ => throw new InvalidDataException("it is not an ONNX model"),
            };
            if (length > (ulong)(message.Length - at)) throw new InvalidDataException("it is cut short or is not an ONNX model");
            int payload = at;
            at += (int)length;
            if (fields.Count == MostFields) throw new InvalidDataException("it has more than 65,536 fields");
            fields.Add(new WireField((int)number, start..at, payload..at));
        }
        return fields;
    }

    /// <summary>Appends a field of text, bytes or a message.</summary>
    public static void Write(Stream stream, int number, ReadOnlySpan<byte> payload)
    {
        WriteVarint(stream, ((ulong)number << 3) | Delimited);
        WriteVarint(stream, (ulong)payload.Length);
        stream.Write(payload);
    }

    /// <summary>The numbers of a field: one, or several that are packed.</summary>
    /// <exception cref="InvalidDataException">The bytes are no numbers.</exception>
    public static IEnumerable<long> Numbers(byte[] payload)
    {
        for (int at = 0; at < payload.Length;) yield return (long)ReadVarint(payload, ref at);
    }

    private static ulong VarintLength(ReadOnlySpan<byte> message, int at)
    {
        int start = at;
        ReadVarint(message, ref at);
        return (ulong)(at - start);
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= message.Length) throw new InvalidDataException("it is cut short or is not an ONNX model");
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new InvalidDataException("it is not an ONNX model");
    }

    private static void WriteVarint(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7) stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}

/// <summary>One field of a protobuf message.</summary>
/// <param name="Number">Its number in the message's definition.</param>
/// <param name="Whole">Where it lies, with its tag.</param>
/// <param name="Payload">Where its content lies: text, bytes, a message or a number.</param>
internal readonly record struct WireField(int Number, Range Whole, Range Payload);

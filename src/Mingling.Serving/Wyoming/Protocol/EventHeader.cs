using System.Text.Json;

namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>The header line of an event.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Data">What stands in its <c>data</c>.</param>
/// <param name="DataLength">Bytes of JSON that follow.</param>
/// <param name="PayloadLength">Bytes of sound, or of anything else, that follow then.</param>
internal readonly record struct EventHeader(EventKind Kind, EventData Data, long DataLength, long PayloadLength)
{
    /// <exception cref="ClientException">The line is no header; the message says why.</exception>
    public static EventHeader Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return Read(line);
        }
        catch (JsonException e)
        {
            throw new ClientException(CloseCode.BadEvent, $"the header of an event is not one line with a JSON object ({Place(e)}).");
        }
    }

    /// <summary>Where the JSON is wrong, without its text.</summary>
    public static string Place(JsonException e) => e.BytePositionInLine is { } at ? $"wrong at byte {at}" : e.Message;

    private static EventHeader Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new ClientException(CloseCode.BadEvent, "the header of an event is no JSON object.");
        EventKind? kind = null;
        long data = 0, payload = 0;
        var inline = Range.All;
        bool hasData = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) kind = Type(ref reader);
            else if (reader.ValueTextEquals("data_length"u8)) data = Length(ref reader, "data_length");
            else if (reader.ValueTextEquals("payload_length"u8)) payload = Length(ref reader, "payload_length");
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                hasData = reader.TokenType != JsonTokenType.Null;
                int begin = (int)reader.TokenStartIndex;
                reader.Skip();
                inline = begin..(int)reader.BytesConsumed;
            }
            else
            {
                reader.Skip();
            }
        }
        if (reader.Read()) throw new ClientException(CloseCode.BadEvent, "the header of an event is more than one JSON object.");
        if (kind is not { } known) throw new ClientException(CloseCode.BadEvent, "the header of an event has no 'type'.");
        var parsed = new EventData();
        if (hasData && known != EventKind.Other) parsed.Merge(line[inline]);
        return new EventHeader(known, parsed, data, payload);
    }

    private static EventKind Type(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) throw new ClientException(CloseCode.BadEvent, "the 'type' of an event is not a text.");
        return reader.ValueTextEquals("audio-chunk"u8) ? EventKind.AudioChunk
            : reader.ValueTextEquals("audio-start"u8) ? EventKind.AudioStart
            : reader.ValueTextEquals("audio-stop"u8) ? EventKind.AudioStop
            : reader.ValueTextEquals("detect"u8) ? EventKind.Detect
            : reader.ValueTextEquals("describe"u8) ? EventKind.Describe
            : reader.ValueTextEquals("ping"u8) ? EventKind.Ping
            : EventKind.Other;
    }

    private static long Length(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long length) && length >= 0
            ? length
            : throw new ClientException(CloseCode.BadEvent, $"the '{name}' of an event is not a whole number of bytes from 0.");
    }
}

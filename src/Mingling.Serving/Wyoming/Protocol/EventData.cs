using System.Text.Json;

namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>The data of an event, as far as the server reads it. A property that is absent or null is null.</summary>
internal record struct EventData
{
    private const double LargestTimestamp = 1L << 53;

    public int? Rate { get; private set; }

    public int? Width { get; private set; }

    public int? Channels { get; private set; }

    /// <summary>In milliseconds.</summary>
    public double? Timestamp { get; private set; }

    public List<string>? Names { get; private set; }

    public string? Text { get; private set; }

    /// <summary>Adds the properties of a JSON object, which go over those that are there.</summary>
    /// <exception cref="ClientException">It is no object, or a property has a value of another kind.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Merge(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new ClientException(CloseCode.BadEvent, "the data of an event is no JSON object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("rate"u8)) Rate = Whole(ref reader, "rate");
            else if (reader.ValueTextEquals("width"u8)) Width = Whole(ref reader, "width");
            else if (reader.ValueTextEquals("channels"u8)) Channels = Whole(ref reader, "channels");
            else if (reader.ValueTextEquals("timestamp"u8)) Timestamp = Number(ref reader, "timestamp");
            else if (reader.ValueTextEquals("names"u8)) Names = Texts(ref reader, "names");
            else if (reader.ValueTextEquals("text"u8)) Text = OneText(ref reader, "text");
            else reader.Skip();
        }
        // What follows the object is no part of it.
        if (reader.Read()) throw new ClientException(CloseCode.BadEvent, "the data of an event is more than one JSON object.");
    }

    private static int? Whole(ref Utf8JsonReader reader, string name) => Number(ref reader, name) switch
    {
        null => null,
        { } number when number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue => (int)number,
        _ => throw Wrong(name, "a whole number"),
    };

    private static double? Number(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when reader.TryGetDouble(out double number) && Math.Abs(number) <= LargestTimestamp => number,
            _ => throw Wrong(name, "a number"),
        };
    }

    private static string? OneText(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => Copy(ref reader),
            _ => throw Wrong(name, "a text"),
        };
    }

    private static List<string>? Texts(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong(name, "a list of texts");
        List<string> texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.TokenType == JsonTokenType.String ? Copy(ref reader) : throw Wrong(name, "a list of texts"));
        return texts;
    }

    /// <exception cref="JsonException">The text is no UTF-8, or half of a character.</exception>
    private static string Copy(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text is no UTF-8", e);
        }
    }

    private static ClientException Wrong(string name, string right) => new(CloseCode.BadEvent, $"the property '{name}' is not {right}.");
}

using System.Text.Json.Nodes;

namespace Mingling.Tests.Shared;

/// <summary>A JSON text with one of its values changed, in every way that each of them can be wrong: what a stored file may hold.</summary>
internal static class ChangedJson
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1", "0.5", "99999", "1e300", "-1e300", "1e999", "9223372036854775808", "\"\"", "\"x\"", "\"\\u0000\"", "[]", "{}", "[null]", "{\"x\":null}",
    ];

    /// <summary>All changed texts, with each value left out and replaced; the text itself is not among them.</summary>
    public static IEnumerable<string> Of(string json)
    {
        int count = Places(JsonNode.Parse(json)!).Count;
        for (int place = 0; place < count; place++)
        {
            yield return Change(json, place, null);
            foreach (string value in Values) yield return Change(json, place, value);
        }
    }

    private static string Change(string json, int place, string? value)
    {
        // 1e999 is no number that a node can hold, and still one that a file can.
        const string mark = "\"the-changed-value\"";
        var root = JsonNode.Parse(json)!;
        var (parent, key) = Places(root)[place];
        if (value is null) Remove(parent, key);
        else if (parent is JsonObject o) o[(string)key] = JsonNode.Parse(mark);
        else parent.AsArray()[(int)key] = JsonNode.Parse(mark);
        return value is null ? root.ToJsonString() : root.ToJsonString().Replace(mark, value, StringComparison.Ordinal);
    }

    private static void Remove(JsonNode parent, object key)
    {
        if (parent is JsonObject o) o.Remove((string)key);
        else parent.AsArray().RemoveAt((int)key);
    }

    /// <summary>Each value with what holds it; of long arrays the first two.</summary>
    private static List<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        var places = new List<(JsonNode, object)>();
        if (node is JsonObject o)
        {
            foreach (var (key, value) in o)
            {
                places.Add((o, key));
                if (value is not null) places.AddRange(Places(value));
            }
        }
        else if (node is JsonArray array)
        {
            for (int i = 0; i < Math.Min(2, array.Count); i++)
            {
                places.Add((array, i));
                if (array[i] is { } value) places.AddRange(Places(value));
            }
        }
        return places;
    }
}

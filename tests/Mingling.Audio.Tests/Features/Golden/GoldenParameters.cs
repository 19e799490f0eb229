using System.Text.Json;

namespace Mingling.Audio.Tests;

/// <summary>The parameters of a reference case. Each must be asked for: one that nobody asked for would silently not be tested.</summary>
internal sealed class GoldenParameters(JsonElement values)
{
    private readonly HashSet<string> _used = [];

    public double Number(string name, double otherwise) => Find(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : otherwise;

    public int Integer(string name, int otherwise) => checked((int)Whole(name, Number(name, otherwise)));

    public bool Flag(string name, bool otherwise) => Find(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetBoolean() : otherwise;

    public string? Text(string name, string? otherwise) => Find(name) is { } value ? value.GetString() : otherwise;

    /// <summary>Asks for a parameter of which only one value is supported.</summary>
    public void Require<T>(string name, T actual, T supported) =>
        actual.ShouldBe(supported, $"{name} = {actual} is not supported");

    public void ShouldAllBeUsed() =>
        values.EnumerateObject().Select(property => property.Name).Where(name => !_used.Contains(name)).ShouldBeEmpty("unknown parameters");

    private static double Whole(string name, double value)
    {
        value.ShouldBe(Math.Round(value), $"{name} should be a whole number");
        return value;
    }

    private JsonElement? Find(string name)
    {
        _used.Add(name);
        return values.TryGetProperty(name, out var value) ? value : null;
    }
}

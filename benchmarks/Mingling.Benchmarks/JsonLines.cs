using System.Text.Json;

namespace Mingling.Benchmarks;

/// <summary>Prints results as JSON, one object a line.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write<T>(T result) => Console.WriteLine(JsonSerializer.Serialize(result, Options));
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mingling.MetricLearning.Tests.Evaluation;

/// <summary>
/// The metric cases of the reference files computed by naive loops: those beside the tests, and those in and below the folder that
/// MINGLING_GOLDEN names.
/// </summary>
internal static class ReferenceMetrics
{
    internal const double Tolerance = 1e-8;

    internal static TheoryData<string, int> Named(string name)
    {
        var data = new TheoryData<string, int>();
        foreach (string path in Paths())
        {
            var cases = Read(path);
            for (int i = 0; i < cases.Count; i++)
            {
                if ((string?)cases[i]?["name"] == name) data.Add(path, i);
            }
        }
        return data;
    }

    internal static JsonObject Open(string path, int index) => Read(path)[index]!.AsObject();

    internal static T[] Array<T>(this JsonNode? node) => [.. node!.AsArray().Select(v => v!.GetValue<T>())];

    /// <summary>The expected figures of a case: every number in it. One that no test computes fails, so that nothing goes unchecked.</summary>
    internal static IEnumerable<(string Key, double Value)> Figures(this JsonObject golden) =>
        from entry in golden
        where entry.Value is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        select (entry.Key, entry.Value!.GetValue<double>());

    private static IEnumerable<string> Paths()
    {
        var own = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.json");
        return Environment.GetEnvironmentVariable("MINGLING_GOLDEN") is { Length: > 0 } folder
            ? own.Concat(Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
            : own;
    }

    private static JsonArray Read(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonNode.Parse(stream) is JsonObject root && !root.ContainsKey("batches") && root["cases"] is JsonArray cases ? cases : [];
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mingling.MetricLearning.Tests.Golden;

/// <summary>The reference files: those beside the tests, and those in and below the folder that MINGLING_GOLDEN names.</summary>
internal static class GoldenFiles
{
    private static readonly Lazy<IReadOnlyList<GoldenFile>> Files = new(Read);

    /// <summary>Files of losses, miners and weights computed with a metric-learning library.</summary>
    public static IEnumerable<GoldenFile> Library => Files.Value.Where(file => file.Root.ContainsKey("batches") && file.Root.ContainsKey("cases"));

    /// <summary>Files of self-contained cases computed by naive loops.</summary>
    public static IEnumerable<GoldenFile> Loops =>
        Files.Value.Where(file => !file.Root.ContainsKey("batches") && file.Root["cases"] is JsonArray { Count: > 0 } cases && cases[0] is JsonObject first && first.ContainsKey("name"));

    public static JsonObject Open(string file) => Files.Value.Single(candidate => candidate.Path == file).Root;

    private static List<GoldenFile> Read()
    {
        string own = Path.Combine(AppContext.BaseDirectory, "Golden");
        var paths = Directory.EnumerateFiles(own, "*.json").ToList();
        if (Environment.GetEnvironmentVariable("MINGLING_GOLDEN") is { Length: > 0 } folder)
            paths.AddRange(Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories));
        return [.. from path in paths.Order(StringComparer.Ordinal)
                   let root = Parse(path)
                   where root is not null
                   select new GoldenFile(path, root)];
    }

    private static JsonObject? Parse(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonNode.Parse(stream) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record GoldenFile(string Path, JsonObject Root);

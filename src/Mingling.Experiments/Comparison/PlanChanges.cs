using System.Text.Json;
using System.Text.Json.Nodes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Comparison;

/// <summary>
/// A comparison goes on only by the settings it began with. Variants, seeds and held-out words may change: what was trained before keeps
/// its worth beside what is new.
/// </summary>
internal static class PlanChanges
{
    private const int Named = 5;

    /// <exception cref="CheckpointException">A setting or the corpus is another one; the message says which.</exception>
    public static void Check(string folder, ComparisonPlan begun, ComparisonPlan asked)
    {
        if (begun.Format != asked.Format)
            throw new CheckpointException($"{folder} is of format {begun.Format}; this version of Mingling reads format {asked.Format}.");
        Refuse(folder, Differences(Settings(begun), Settings(asked), ""));
        if (!begun.Folds.SequenceEqual(asked.Folds, ClipsOnly.Comparer))
            throw new CheckpointException($"the corpus is not the one that the comparison in {folder} began with; "
                + "restore it, or choose another folder.");
        // Last, because a recipe follows from the clips where the user leaves it open.
        Refuse(folder, Differences(Node(begun.Recipe), Node(asked.Recipe), "recipe"));
    }

    private static void Refuse(string folder, IEnumerable<string> differences)
    {
        string[] all = [.. differences];
        if (all.Length == 0) return;
        string more = all.Length > Named ? $" and {all.Length - Named} more" : "";
        throw new CheckpointException($"the comparison in {folder} began with other settings: {string.Join("; ", all.Take(Named))}{more}; "
            + "give the same again, or choose another folder.");
    }

    private static JsonNode? Settings(ComparisonPlan plan) => Node(new { corpus = plan.Source with { Path = "" }, folds = plan.Folds.Count });

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, RunManifest.Json);

    private static IEnumerable<string> Differences(JsonNode? begun, JsonNode? asked, string name)
    {
        if (begun is JsonObject before && asked is JsonObject now)
            return before.Select(property => property.Key).Union(now.Select(property => property.Key))
                .SelectMany(key => Differences(before[key], now[key], name.Length == 0 ? key : $"{name}.{key}"));
        return JsonNode.DeepEquals(begun, asked) ? [] : [$"{name} was {Text(begun)}, not {Text(asked)}"];
    }

    private static string Text(JsonNode? node) => node?.ToJsonString(RunManifest.Json).ReplaceLineEndings("") ?? "not set";

    private sealed class ClipsOnly : IEqualityComparer<PlannedFold>
    {
        public static ClipsOnly Comparer { get; } = new();

        public bool Equals(PlannedFold? x, PlannedFold? y) => x?.Digest == y?.Digest;

        public int GetHashCode(PlannedFold fold) => fold.Digest.GetHashCode(StringComparison.Ordinal);
    }
}
